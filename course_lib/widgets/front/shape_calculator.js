/* global live, chart */

function build(view, body) {
  const PLACES = [["n_in", "Input size N", 1, 32], ["kernel_size", "Filter size F", 1, 11], ["stride", "Stride S", 1, 8],
    ["padding", "Padding P", 0, 5], ["channels", "Input depth D", 1, 64], ["filters", "Filters K", 1, 96]];
  const sliders = Object.fromEntries(PLACES.map(([name, label, min, max]) => [name, live.slider(label,
    { min, max: Math.max(max, view.get(name)), value: view.get(name) }, (value) => view.ask({ [name]: value }))]));
  const caption = live.element("p", {});
  const picture = chart.make("svg", { role: "img", "aria-label": "A row of the input", class: "course-strip" });
  const formula = live.element("p", { class: "course-formula" });
  const words = live.element("p", { "aria-live": "polite" });
  const legal = live.element("div", { class: "course-row" });
  const remark = live.element("p", {});
  body.append(live.element("div", { class: "course-controls" }, ...PLACES.map(([name]) => sliders[name].box)),
    caption, picture, formula, words, legal, remark);

  function strip() {
    const { n_in: size, kernel_size: width, stride, padding, places, left_over: lost } = view.get("drawn");
    if (!size) {
      picture.replaceChildren();
      caption.textContent = "";
      return;
    }
    const length = size + 2 * padding;
    const cell = Math.min(30, 720 / length);
    const lanes = Math.min(Math.ceil(width / stride) + 1, places);
    const [wide, high] = [length * cell + 6, 44 + 12 * lanes];
    for (const [key, value] of Object.entries({ width: wide, height: high, viewBox: `-3 -3 ${wide} ${high}` })) picture.setAttribute(key, value);
    const drawn = [];
    for (let i = 0; i < length; i++) {
      const outside = i < padding || i >= length - padding;
      const left = i >= length - lost;
      drawn.push(chart.make("rect", { x: i * cell, y: 0, width: cell, height: 30, class: outside ? "strip-border" : "strip-pixel" }));
      const [from, to] = [i * cell, (i + 1) * cell];
      if (left) drawn.push(chart.make("path", { d: `M${from},0L${to},30M${to},0L${from},30`, class: "strip-lost" }));
      if (cell < 14) continue;
      const text = chart.make("text", { x: (i + 0.5) * cell, y: 15, "text-anchor": "middle", "dominant-baseline": "central" });
      text.textContent = outside ? "0" : "x";
      drawn.push(text);
    }
    drawn.push(chart.make("rect", { x: 0, y: 0, width: width * cell, height: 30, class: "strip-window" }));
    for (let i = 0; i < places; i++) {
      drawn.push(chart.make("rect", { x: i * stride * cell + 1, y: 36 + 12 * (i % lanes), width: width * cell - 2, height: 8, fill: live.OKABE_ITO[i % 2] }));
    }
    picture.replaceChildren(...drawn);
    caption.textContent = `One row of the input: ${size} pixels, ${padding} of padding on each side; below it the ${places} places of the window`
      + `${lost ? `; ${lost} crossed out: left over` : ""}.`;
  }

  view.draw(["drawn", "formula", "words", "strides", "remark", "fits"], () => {
    strip();
    formula.textContent = view.get("formula");
    words.textContent = view.get("words");
    remark.textContent = view.get("remark");
    picture.setAttribute("aria-label", `A row of the input and the windows. ${view.get("formula")}`);
    const strides = view.get("strides");
    // Offered only where they are needed, so that the Tab key has few stations.
    const offered = view.get("fits") ? [] : strides.filter((stride) => stride <= Number(sliders.stride.input.max)).slice(0, 6);
    legal.replaceChildren(...offered.map((stride) => live.button(`Use stride ${stride}`, () => {
      sliders.stride.set(stride);
      view.ask({ stride });
      sliders.stride.input.focus();
    })));
    for (const [name] of PLACES) if (document.activeElement !== sliders[name].input) sliders[name].set(view.get(name));
    Object.assign(view.root.dataset, { fits: view.get("fits"), strides: strides.join(",") });
  });
}

export default live.widget("shape-calculator", "The size of a layer's output", build);
