/* global live, chart */
// A line to drag. Everything but the learner's own perceptron is computed here, at once.

const HELP = "Drag the line to move it, the round handle at w to turn it. By keys: the up and down arrows move it, "
  + "left and right turn it.";
const TURN = Math.PI / 36;

function build(view, body) {
  const points = live.unpacked(view.get("points")).data;
  const labels = view.get("labels");
  const [left, right, bottom, top] = view.get("square");
  const state = { w: [...view.get("w")], w0: view.get("w0") };
  const plane = new chart.Plane({ label: "Points and the perceptron's line", xlabel: "x_1", ylabel: "x_2" });
  plane.frame([left, right], [bottom, top]);
  plane.svg.setAttribute("tabindex", 0);
  const under = plane.layer();
  const dots = plane.layer();
  const over = plane.layer();

  const reach = view.get("reach");
  const controls = ["w_0", "w_1", "w_2"].map((name, index) => live.slider(name, {
    min: -reach[index], max: reach[index], step: 0.01, value: weight(index), text: (v) => live.number(v),
  }, (value) => {
    if (index) state.w[index - 1] = value; else state.w0 = value;
    changed(false);
  }));
  const count = live.element("p", { class: "course-count", "aria-live": "polite" });
  const equation = live.element("p", { class: "course-equation" });
  const remark = live.element("p", {});
  const legend = chart.legend([
    { words: "label 0", kind: 0, colour: live.OKABE_ITO[0] }, { words: "label 1", kind: 1, colour: live.OKABE_ITO[1] },
    { words: "on the wrong side", ring: true }, { words: "shaded: y = 1" }]);
  const side = live.element("div", {}, count, equation, ...controls.map((c) => live.element("div", {
    class: "course-row" }, c.box)), legend, remark);
  body.append(live.element("div", { class: "chart-sides" }, plane.svg, side), live.element("p", {}, HELP));

  function weight(index) { return index ? state.w[index - 1] : state.w0; }

  function height(x, y) { return state.w0 + state.w[0] * x + state.w[1] * y; }

  // The point of the line that is nearest to the middle of the picture.
  function foot() {
    const [x, y] = [(left + right) / 2, (bottom + top) / 2];
    const share = height(x, y) / (state.w[0] ** 2 + state.w[1] ** 2);
    return [x - share * state.w[0], y - share * state.w[1]];
  }

  function changed(controlsToo = true) {
    if (controlsToo) controls.forEach((control, index) => control.set(weight(index)));
    draw();
    view.ask({ w: [...state.w], w0: state.w0 });
  }

  function draw() {
    const size = Math.hypot(...state.w);
    const shapes = [chart.make("path", { class: "course-side", d: shaded() })];
    if (size > 0) {
      const [x, y] = foot();
      const along = [-state.w[1] / size * 4 * (right - left), state.w[0] / size * 4 * (right - left)];
      shapes.push(plane.curve([x - along[0], x + along[0]], [y - along[1], y + along[1]], {
        class: "chart-ink", "stroke-width": 3 }));
      shapes.push(...arrow(x, y, size));
    }
    under.replaceChildren(...shapes);
    let wrong = 0;
    over.replaceChildren();
    for (let i = 0; i < labels.length; i++) {
      const [x, y] = [points[2 * i], points[2 * i + 1]];
      if ((height(x, y) > 0) === (labels[i] === 1)) continue;
      wrong += 1;
      over.append(chart.make("circle", { cx: plane.x(x), cy: plane.y(y), r: radius + 5, class: "chart-ring" }));
    }
    count.textContent = `${wrong} of ${labels.length} points on the wrong side`;
    view.root.dataset.wrong = wrong;
  }

  function arrow(x, y, size) {
    const length = 0.14 * (right - left);
    const [a, b] = [plane.x(x), plane.y(y)];
    const [c, d] = [plane.x(x + state.w[0] / size * length), plane.y(y + state.w[1] / size * length)];
    const name = plane.text("w", c + 8, d - 8);
    return [
      chart.make("line", { x1: a, y1: b, x2: c, y2: d, class: "chart-ink", "stroke-width": 3 }),
      chart.make("circle", { cx: c, cy: d, r: 8, class: "course-arrow" }), name];
  }

  // The part of the square in which w_0 + w x > 0.
  function shaded() {
    const corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
    const kept = [];
    corners.forEach((corner, index) => {
      const after = corners[(index + 1) % 4];
      const [here, there] = [height(...corner), height(...after)];
      if (here > 0) kept.push(corner);
      if ((here > 0) !== (there > 0)) kept.push(corner.map((c, k) => c + (after[k] - c) * here / (here - there)));
    });
    return kept.length ? `M${kept.map(([x, y]) => `${plane.x(x)},${plane.y(y)}`).join("L")}Z` : "M0,0";
  }

  // Turn w to an angle; the line keeps the point `pivot`.
  function turn(angle, pivot) {
    const size = Math.hypot(...state.w) || 1;
    state.w = [size * Math.cos(angle), size * Math.sin(angle)];
    state.w0 = -state.w[0] * pivot[0] - state.w[1] * pivot[1];
  }

  let held = null;
  view.listen(plane.svg, "pointerdown", (event) => {
    plane.svg.setPointerCapture(event.pointerId);
    const turning = event.target.classList.contains("course-arrow");
    held = { from: plane.at(event), pivot: turning ? foot() : null };
  });
  view.listen(plane.svg, "pointermove", (event) => {
    if (held === null) return;
    const [x, y] = plane.at(event);
    if (held.pivot) turn(Math.atan2(y - held.pivot[1], x - held.pivot[0]), held.pivot);
    else state.w0 -= state.w[0] * (x - held.from[0]) + state.w[1] * (y - held.from[1]);
    held.from = [x, y];
    changed();
  });
  for (const end of ["pointerup", "pointercancel"]) view.listen(plane.svg, end, () => { held = null; });

  view.listen(plane.svg, "keydown", (event) => {
    const size = Math.hypot(...state.w);
    const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const around = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (!(move || around) || !size) return;
    event.preventDefault();
    if (move) state.w0 += move * size * 0.02 * (right - left);
    else turn(Math.atan2(state.w[1], state.w[0]) + around * TURN, foot());
    changed();
  });

  const radius = labels.length > 40 ? 4 : 7;
  for (let i = 0; i < labels.length; i++) {
    dots.append(plane.mark(labels[i], points[2 * i], points[2 * i + 1], radius, {
      class: "chart-dot", fill: live.OKABE_ITO[labels[i]] }));
  }
  view.on(["w", "w0"], () => {
    if (held !== null) return;
    Object.assign(state, { w: [...view.get("w")], w0: view.get("w0") });
    controls.forEach((control, index) => { if (document.activeElement !== control.input) control.set(weight(index)); });
    draw();
  });
  view.draw(["equation", "words", "remark"], () => {
    equation.textContent = view.get("equation");
    plane.svg.setAttribute("aria-label", `Points and the perceptron's line. ${view.get("words")}`);
    remark.textContent = view.get("remark");
  });
  draw();
}

export default live.widget("perceptron-line", "A perceptron's line to move", build);
