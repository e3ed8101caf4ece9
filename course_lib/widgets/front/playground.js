/* global live, chart, trainer */
// The plane as the network sees it, and its weights as lines. Python trains; here is only drawn.

const STRONGEST = 0.5;
const WIDE = 420;
const HIGH = 400;

function build(view, body) {
  const points = live.unpacked(view.get("points")).data;
  const labels = view.get("labels");
  const [left, right, bottom, top] = view.get("square");
  const plane = new chart.Plane({ label: "The plane", xlabel: "x_1", ylabel: "x_2" });
  plane.frame([left, right], [bottom, top]);
  const ground = plane.layer();
  const dots = plane.layer();
  const rings = plane.layer();
  const network = chart.make("svg", { class: "course-network", viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, role: "img",
    "aria-label": "The network's weights" });
  const strength = live.element("p", {});
  const { button, words } = trainer(view, () => false, { hundred_at_once: true });

  const rate = chart.powers(view, "Learning rate", "learning_rate", { min: -4, max: 1, step: 0.1 },
    (value) => view.ask({ learning_rate: value }));
  const controls = [button];
  if (!view.get("own")) {
    controls.push(live.button("New weights", () => view.ask({ fresh: view.get("fresh") + 1 })),
      live.slider("Hidden layers", { min: 0, max: 4, value: view.get("depth") }, (depth) => view.ask({ depth })).box,
      live.slider("Neurons in each", { min: 1, max: 10, value: view.get("neurons") }, (neurons) => view.ask({ neurons })).box,
      live.menu("Activation", ["tanh", "ReLU", "sigmoid", "none"], view.get("activation"), (activation) => view.ask({ activation })).box);
  }
  controls.push(rate.box);
  const classes = [...new Set(labels)].sort();
  const legend = chart.legend([
    ...classes.map((k) => ({ words: `label ${k}`, kind: k, colour: live.OKABE_ITO[k] })), { words: "gets another class", ring: true },
    { words: "weight above 0", colour: live.OKABE_ITO[0], dash: "" }, { words: "weight below 0", colour: live.OKABE_ITO[1], dash: "6 3" }]);
  body.append(live.element("div", { class: "course-row" }, ...controls), words, live.element("div", { class: "chart-sides" },
    plane.svg, live.element("div", {}, network, strength), legend));

  const radius = labels.length > 60 ? 4 : 6;
  labels.forEach((label, i) => dots.append(plane.mark(label, points[2 * i], points[2 * i + 1], radius, {
    class: "chart-dot", fill: live.OKABE_ITO[label] })));

  function drawPlane() {
    const { shape, data } = live.unpacked(view.get("picture"));
    if (shape.length < 3) return;
    const [, rows, columns] = shape;
    const canvas = live.element("canvas", { width: columns, height: rows });
    const image = new ImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) {
      const colour = live.OKABE_ITO[data[i] % 7];
      const at = (rows - 1 - Math.floor(i / columns)) * columns + i % columns;
      image.data.set([1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16)), 4 * at);
      image.data[4 * at + 3] = 255 * STRONGEST * data[rows * columns + i];
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    // The first and last numbers of the grid lie on the frame, so pixels reach half a step beyond.
    const [dx, dy] = [(right - left) / (columns - 1) / 2, (top - bottom) / (rows - 1) / 2];
    const [x, y] = [plane.x(left - dx), plane.y(top + dy)];
    const picture = chart.make("image", { href: canvas.toDataURL(), x, y, preserveAspectRatio: "none",
      width: plane.x(right + dx) - x, height: plane.y(bottom - dy) - y });
    const lines = view.get("boundary").map((line) => {
      const { data: places } = live.unpacked(line);
      return plane.curve(places.filter((_, i) => i % 2 === 0), places.filter((_, i) => i % 2), { class: "course-boundary" });
    });
    ground.replaceChildren(picture, ...lines);
    rings.replaceChildren(...view.get("wrong").map((i) => chart.make("circle", {
      cx: plane.x(points[2 * i]), cy: plane.y(points[2 * i + 1]), r: radius + 4, class: "chart-ring" })));
  }

  function drawNetwork() {
    const matrices = view.get("matrices").map((sent) => live.unpacked(sent));
    network.style.display = matrices.length ? "" : "none";
    strength.textContent = "";
    if (!matrices.length) return;
    const sizes = [matrices[0].shape[1], ...matrices.map((matrix) => matrix.shape[0])];
    const most = Math.max(...matrices.map(({ data }) => Math.max(...data.map(Math.abs)))) || 1;
    const x = (column) => 30 + column * (WIDE - 60) / (sizes.length - 1);
    const gap = Math.min(52, (HIGH - 40) / Math.max(...sizes));
    const y = (column, i) => HIGH / 2 + (i - (sizes[column] - 1) / 2) * gap;
    const lines = matrices.flatMap(({ data, shape: [n, m] }, column) => [...data].map((weight, at) => {
      const [i, j] = [Math.floor(at / m), at % m];
      const line = chart.make("line", { x1: x(column), y1: y(column, j), x2: x(column + 1), y2: y(column + 1, i),
        stroke: live.OKABE_ITO[weight > 0 ? 0 : 1], "stroke-width": 0.4 + 6 * Math.abs(weight) / most,
        "stroke-dasharray": weight > 0 ? "" : "6 3" });
      line.append(chart.make("title", {}, `layer ${column + 1}, from ${j + 1} to ${i + 1} of ${n}: ${live.number(weight)}`));
      return line;
    }));
    const radius = Math.min(14, 0.4 * gap);
    const neurons = sizes.flatMap((size, column) => Array.from({ length: size }, (_, i) => {
      const name = column === 0 ? `x_${i + 1}` : column === sizes.length - 1 ? String(i) : "";
      const words = chart.make("text", { x: x(column), y: y(column, i) + 4, "text-anchor": "middle" }, name);
      return [chart.make("circle", { cx: x(column), cy: y(column, i), r: radius, class: "course-neuron" }), words];
    }).flat());
    network.replaceChildren(...lines, ...neurons);
    strength.textContent = `Thickest line: ${live.number(most)}. Rest the pointer on a line for its weight.`;
  }

  view.draw(["picture", "boundary", "wrong"], drawPlane);
  view.draw(["matrices"], drawNetwork);
  view.draw(["words", "count"], () => {
    words.textContent = view.get("words");
    plane.svg.setAttribute("aria-label", `The plane as the network sees it. ${view.get("words")}`);
    view.root.dataset.steps = view.get("count");
  });
}

export default live.widget("playground", "A network that learns points in the plane", build);
