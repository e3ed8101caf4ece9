/* global live, chart */
// A start to drag. The path comes from Python, where the learner's gradient is.

const SLOWEST = -4;
const FASTEST = 1;

function build(view, body) {
  const bounds = view.get("bounds");
  const flat = bounds.length === 1;
  const plane = new chart.Plane({
    label: "The descent", width: 480, height: 420, title: flat ? "f(w)" : "contours of f, dark = low",
    xlabel: flat ? "w" : "w_1", ylabel: flat ? "" : "w_2" });
  const beside = new chart.Plane({ label: "f after each step", width: 320, height: 420, title: "f after each step",
    xlabel: "step", whole: true });
  plane.svg.setAttribute("tabindex", 0);
  const ground = plane.layer();
  const path = plane.layer();
  const heights = beside.layer();
  let shown = Infinity;

  const controls = {
    learning_rate: chart.powers(view, "Learning rate", "learning_rate", { min: SLOWEST, max: FASTEST, step: 0.02 },
      (value) => changed({ learning_rate: value })),
    momentum: live.slider("Momentum", { min: 0, max: 0.99, step: 0.01, value: view.get("momentum"),
      text: (v) => live.number(v) }, (value) => changed({ momentum: value })),
    steps: live.slider("Steps", { min: 1, max: Math.max(100, view.get("steps")), value: view.get("steps") },
      (value) => changed({ steps: value })),
  };
  const player = live.player(view, "Play", () => {
    const last = live.unpacked(view.get("values")).data.length - 1;
    shown = shown >= last ? 0 : shown + 1;
    draw();
    return shown < last;
  }, 350);
  const words = live.element("p", { class: "course-words", "aria-live": "polite" });
  const row = live.element("div", { class: "course-row" }, ...Object.values(controls).map((c) => c.box), player.button);
  body.append(row, words, live.element("div", { class: "chart-sides" }, plane.svg, beside.svg),
    live.element("p", {}, "Square: start. Circles: steps. Diamond: the last one. Drag the start, or move it with the arrow keys."));

  function changed(values) {
    player.stop();
    shown = Infinity;
    view.ask(values);
  }

  function background() {
    const lines = view.get("lines").map((line) => live.unpacked(line).data);
    const columns = lines.map((line) => [line.filter((_, i) => i % 2 === 0), line.filter((_, i) => i % 2)]);
    if (flat) {
      const [low, high] = live.range(columns[0][1].filter(Number.isFinite));
      const spare = 0.08 * (high - low) || 1;
      plane.frame(bounds[0], [low - spare, high + spare]);
      ground.replaceChildren(plane.curve(...columns[0], { class: "course-curve" }));
      return;
    }
    plane.frame(...bounds);
    const colour = live.colours("viridis", 0, lines.length);
    ground.replaceChildren(...columns.map(([xs, ys], level) => plane.curve(xs, ys, {
      stroke: `rgb(${colour(level)})`, "stroke-width": 1.6, class: "course-contour" })));
  }

  function draw() {
    const values = live.unpacked(view.get("values")).data;
    const { data, shape } = live.unpacked(view.get("points"));
    const count = Math.min(shown + 1, values.length);
    const xs = Array.from({ length: count }, (_, i) => data[i * shape[1]]);
    const ys = flat ? [...values.slice(0, count)] : xs.map((_, i) => data[2 * i + 1]);
    path.replaceChildren(...drawn(plane, xs, ys));
    const finite = values.filter(Number.isFinite);
    const [low, high] = live.range(finite);
    const log = low > 0 && high > 100 * low;
    const spare = log ? 0 : 0.06 * (high - low) || 1;
    beside.frame([0, Math.max(1, values.length - 1)], log ? [low / 1.5, high * 1.5] : [low - spare, high + spare], log);
    heights.replaceChildren(...drawn(beside, xs.map((_, i) => i), [...values.slice(0, count)]));
    view.root.dataset.shown = count;
  }

  function drawn(where, xs, ys) {
    if (!xs.length) return [];
    const dots = xs.map((x, i) => where.mark(0, x, ys[i], 3.5, { class: "course-stop" }));
    const last = xs.length - 1;
    return [where.curve(xs, ys, { class: "course-path" }), ...dots,
      where.mark(3, xs[last], ys[last], 8, { class: "course-stop" }), where.mark(1, xs[0], ys[0], 7, { class: "course-stop" })];
  }

  function moveTo(place) {
    const start = bounds.map(([low, high], k) => Math.min(Math.max(place[k], low), high));
    changed({ start });
  }

  let held = false;
  view.listen(plane.svg, "pointerdown", (event) => {
    plane.svg.setPointerCapture(event.pointerId);
    held = true;
    moveTo(plane.at(event));
  });
  view.listen(plane.svg, "pointermove", (event) => { if (held) moveTo(plane.at(event)); });
  for (const end of ["pointerup", "pointercancel"]) view.listen(plane.svg, end, () => { held = false; });
  view.listen(plane.svg, "keydown", (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!move) return;
    event.preventDefault();
    const start = view.get("start");
    moveTo(bounds.map(([low, high], k) => start[k] + move[k] * 0.02 * (high - low)));
  });

  view.draw(["lines"], background);
  view.draw(["points", "values", "words", "status"], () => {
    words.textContent = view.get("words");
    plane.svg.setAttribute("aria-label", `The descent. ${view.get("words")}`);
    view.root.dataset.status = view.get("status");
    draw();
  });
  for (const name of ["momentum", "steps"]) {
    view.on([name], () => { if (document.activeElement !== controls[name].input) controls[name].set(view.get(name)); });
  }
}

export default live.widget("descent-explorer", "Gradient descent to explore", build);
