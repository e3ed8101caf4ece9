/* global live, chart */
// The cone is drawn here, at once; Python is asked for the words.

function build(view, body) {
  const levels = view.get("levels");
  const deepest = levels.length - 1;
  const low = Math.min(0, ...levels.map(({ start }) => start));
  const high = Math.max(levels[0].n - 1, ...levels.map(({ n, start, jump, size }) => start + jump * (n - 1) + size - 1));
  const cell = Math.min(34, 560 / (high - low + 1));
  const [ROW, HIGH] = [56, 22];
  const [width, height] = [(high - low + 1) * cell + 8, ROW * levels.length + 4];
  const svg = chart.make("svg", { role: "img", "aria-label": "The layers", tabindex: 0, class: "course-levels", width, height,
    viewBox: `-4 0 ${width} ${height}` });
  const image = chart.make("svg", { role: "img", "aria-label": "The field on the image", width: 170, height: 170 });
  const words = live.element("p", { "aria-live": "polite" });
  const note = live.element("p", {});
  const remark = live.element("p", {});
  const hint = "Point at a unit, or use the arrow keys: left and right for the unit, up and down for the layer. The lowest row is the input.";
  body.append(live.element("p", {}, hint), words, live.element("div", { class: "course-fields" }, svg,
    live.element("figure", {}, live.element("figcaption", {}, "on the image"), image)), note, remark);

  const top = (level) => (deepest - level) * ROW + 24;
  const left = (level, unit) => {
    const { start, size, jump } = levels[level];
    return (start + (size - 1) / 2 + jump * unit + 0.5 - 0.42 * jump - low) * cell;
  };
  const wide = (level) => 0.84 * levels[level].jump * cell;

  function spans(layer, unit) {
    const found = [[unit, unit]];
    for (let level = layer; level > 0; level--) {
      const { kernel_size: size, stride, padding, dilation } = levels[level].window;
      const [first, last] = found[0];
      found.unshift([first * stride - padding, last * stride - padding + dilation * (size - 1)]);
    }
    return found;
  }

  function mark() {
    const [layer, unit] = [view.get("layer"), view.get("unit")];
    if (layer < 1 || layer > deepest || unit < 0 || unit >= levels[layer].n) return;
    const cone = spans(layer, unit);
    const drawn = [];
    for (let level = layer; level > 0; level--) {
      const corners = [[level, cone[level], HIGH], [level - 1, cone[level - 1], 0]].map(([at, [first, last], down]) => [
        left(at, first), left(at, last) + wide(at), top(at) + down]);
      const [[a, b, y], [c, d, z]] = corners;
      drawn.push(chart.make("path", { d: `M${a},${y}L${b},${y}L${d},${z}L${c},${z}Z`, class: "field-cone" }));
    }
    levels.forEach(({ name, n }, level) => {
      const label = chart.make("text", { x: 0, y: top(level) - 7 });
      label.textContent = `${name} (${n})`;
      drawn.push(label);
      const [first, last] = level <= layer ? cone[level] : [0, -1];
      for (let place = Math.min(first, 0); place < Math.max(last + 1, n); place++) {
        const inside = place >= first && place <= last;
        const kind = place < 0 || place >= n ? "field-outside" : level === layer && inside ? "field-unit" : inside ? "field-seen" : "field-other";
        drawn.push(chart.make("rect", { x: left(level, place), y: top(level), width: wide(level), height: HIGH, class: kind }));
      }
    });
    svg.replaceChildren(...drawn);
    onImage(cone[0]);
    Object.assign(view.root.dataset, { layer, unit, field: levels[layer].size });
  }

  function onImage([first, last]) {
    const side = levels[0].n;
    const [from, to] = [Math.min(first, 0), Math.max(last + 1, side)];
    image.setAttribute("viewBox", `${from - 0.5} ${from - 0.5} ${to - from + 1} ${to - from + 1}`);
    image.replaceChildren(
      chart.make("rect", { x: 0, y: 0, width: side, height: side, class: "field-other" }),
      chart.make("rect", { x: first, y: first, width: last - first + 1, height: last - first + 1, class: "field-seen" }));
  }

  function choose(layer, unit) {
    const level = Math.min(Math.max(layer, 1), deepest);
    const place = Math.min(Math.max(unit, 0), levels[level].n - 1);
    if (level === view.get("layer") && place === view.get("unit")) return;
    view.model.set({ layer: level, unit: place });
    mark();
    view.ask({ layer: level, unit: place });
  }

  // The unit of a layer nearest to a pixel of the input.
  function nearest(level, pixel) {
    const { start, size, jump } = levels[level];
    return Math.round((pixel - start - (size - 1) / 2) / jump);
  }

  view.listen(svg, "pointerdown", (event) => {
    const box = svg.getBoundingClientRect();
    const scale = width / box.width;
    const level = deepest - Math.floor((event.clientY - box.top) * scale / ROW);
    if (level >= 1) choose(level, nearest(level, ((event.clientX - box.left) * scale - 4) / cell + low - 0.5));
  });
  view.listen(svg, "keydown", (event) => {
    const [layer, unit] = [view.get("layer"), view.get("unit")];
    const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] }[event.key];
    if (!move) return;
    event.preventDefault();
    const to = Math.min(Math.max(layer + move[0], 1), deepest);
    const { start, size, jump } = levels[layer];
    choose(to, move[0] ? nearest(to, start + jump * unit + (size - 1) / 2) : unit + move[1]);
  });
  view.draw(["layer", "unit"], mark);
  view.draw(["words", "note", "remark"], () => {
    words.textContent = view.get("words");
    note.textContent = view.get("note");
    remark.textContent = view.get("remark");
    svg.setAttribute("aria-label", `The layers. ${view.get("words")}`);
  });
}

export default live.widget("receptive-field", "What a unit sees of the input", build);
