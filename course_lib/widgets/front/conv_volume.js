/* global live, grid */
// Windows and products are drawn here, at once; Python is asked for words and for the other reading.

function build(view, body) {
  const READINGS = { image: "7 x 7 is the image", padded: "7 x 7 has the border in it" };
  const [, high, wide] = live.unpacked(view.get("padded")).shape;
  const cut = view.get("setting").reading === "image" ? 2 * view.get("setting").padding : 0;
  for (const key of Object.keys(READINGS)) READINGS[key] = READINGS[key].replace("7 x 7", `${high - cut} x ${wide - cut}`);
  const sizes = live.element("p", {});
  const words = live.element("p", { "aria-live": "polite" });
  const sentence = live.element("p", { class: "course-sentence" });
  const remark = live.element("p", {});
  const inputs = live.element("div", { class: "course-channels" });
  const outputs = live.element("div", { class: "course-outputs" });
  let shown = {};
  const back = live.button("Back", () => go(view.get("step") - 1));
  const next = live.button("Next", () => go(view.get("step") + 1));
  const play = live.player(view, "Play", () => { go(view.get("step") + 1); return view.get("step") < shown.count - 1; }, 900);
  const slider = live.slider("Position", { min: 0, max: 1, value: 0 }, go);
  const choice = live.menu("Reading", Object.values(READINGS), READINGS[view.get("reading")], (label) => {
    play.stop();
    view.ask({ reading: Object.keys(READINGS).find((key) => READINGS[key] === label), step: 0 });
  });
  body.append(live.element("div", { class: "course-row" }, back, next, play.button, slider.box, choice.box), sizes,
    live.element("div", { class: "course-volume" }, inputs, outputs), words, sentence, remark);

  function go(step) {
    const to = Math.min(Math.max(step, 0), shown.count - 1);
    if (to === view.get("step")) return;
    view.model.set("step", to);
    mark();
    view.ask({ step: to });
  }

  function lay() {
    const [x, weight, y] = ["padded", "weight", "y"].map((name) => live.unpacked(view.get(name)));
    const [filters, rows, columns] = y.shape;
    shown = { x, weight, y, count: filters * rows * columns };
    const cell = Math.max(18, Math.min(28, Math.floor(250 / x.shape[2])));
    const { padding } = view.get("setting");
    const beyond = (r, c) => r < padding || c < padding || r >= x.shape[1] - padding || c >= x.shape[2] - padding;
    const size = x.shape[1] * x.shape[2];
    const limits = live.range(x.data);
    shown.rows = Array.from({ length: x.shape[0] }, (_, channel) => {
      const parts = ["input", "weight", "products"].map((name) => new grid.Grid(view, { label: `${name}, channel ${channel}`, cell }));
      parts[0].show(x.data.subarray(channel * size, (channel + 1) * size), x.shape[1], x.shape[2], { beyond, limits });
      const [input, kernel, products] = parts.map((one) => grid.titled("", one.svg));
      input.caption.textContent = `x[${channel}]${padding ? ", padded" : ""}`;
      return { parts, kernel: kernel.caption, products: products.caption, boxes: [input.box, sign("\u00d7"), kernel.box, sign("="), products.box] };
    });
    inputs.replaceChildren(...shown.rows.flatMap((row) => row.boxes));
    shown.outputs = Array.from({ length: filters }, (_, k) => new grid.Grid(view, { label: `The output y[${k}]`, cell: 34,
      choose: (r, c) => go((k * rows + r) * columns + c) }));
    outputs.replaceChildren(...shown.outputs.map((one, k) => grid.titled(`y[${k}], filter ${k}`, one.svg).box));
    slider.input.max = shown.count - 1;
    choice.input.value = READINGS[view.get("setting").reading];
    mark();
  }

  function sign(text) { return live.element("span", { class: "course-sign", "aria-hidden": "true" }, text); }

  function mark() {
    const { x, weight, y } = shown;
    const [, rows, columns] = y.shape;
    const [, , height, width] = weight.shape;
    const { stride } = view.get("setting");
    const step = Math.min(view.get("step"), shown.count - 1);
    const k = Math.floor(step / (rows * columns));
    const [row, column] = [Math.floor(step / columns) % rows, step % columns];
    const [top, left] = [row * stride, column * stride];
    const most = live.range(weight.data.map(Math.abs))[1];
    shown.rows.forEach(({ parts, kernel, products }, channel) => {
      const from = (k * weight.shape[1] + channel) * height * width;
      const numbers = weight.data.subarray(from, from + height * width);
      const made = numbers.map((w, i) => w * x.data[(channel * x.shape[1] + top + Math.floor(i / width)) * x.shape[2] + left + i % width]);
      const largest = Math.max(most, live.range(made.map(Math.abs))[1]);
      parts[0].unframe();
      parts[0].frame([[top, left, height, width]]);
      parts[1].show(numbers, height, width, { map: "PuOr", limits: [-most, most] });
      parts[2].show(made, height, width, { map: "PuOr", limits: [-largest, largest] });
      kernel.textContent = `weight[${k}, ${channel}]`;
      products.textContent = `products, sum ${live.number(made.reduce((a, b) => a + b, 0), 4)}`;
    });
    const limits = live.range(y.data);
    shown.outputs.forEach((one, filter) => {
      const from = filter * rows * columns;
      one.show(y.data.subarray(from, from + rows * columns).map((value, i) => (from + i <= step ? value : NaN)), rows, columns, { map: "viridis", limits });
      if (filter !== k) return;
      one.at = [row, column];
      one.frame([[row, column, 1, 1]]);
    });
    if (document.activeElement !== slider.input) slider.set(step);
    Object.assign(view.root.dataset, { step, size: `${rows}x${columns}x${y.shape[0]}` });
  }

  view.draw(["padded", "weight", "y", "setting"], lay);
  view.on(["step"], mark);
  view.draw(["sizes", "words", "sentence", "remark"], () => {
    sizes.textContent = view.get("sizes");
    words.textContent = view.get("words");
    sentence.textContent = view.get("sentence");
    remark.textContent = view.get("remark");
  });
}

export default live.widget("conv-volume", "A volume convolved with several filters", build);
