/* global live, chart */
// One function at a time, and a place z to walk along it. Python is asked for another function only.

function build(view, body) {
  const plane = new chart.Plane({ label: "The function", width: 520, height: 380, xlabel: "z" });
  const behind = plane.layer();
  const front = plane.layer();
  plane.svg.setAttribute("tabindex", 0);
  const choice = live.menu("Function", view.get("names"), view.get("name"), (name) => view.ask({ name }));
  const slide = live.slider("z", { min: -4, max: 4, step: 0.05, value: view.get("z"), text: (v) => live.number(v) }, walk);
  const words = live.element("p", { class: "course-words", "aria-live": "polite" });
  const remark = live.element("p", {});
  const legend = chart.legend([
    { words: "f(z)", colour: live.OKABE_ITO[0], dash: "", kind: 0 },
    { words: "f '(z), the slope", colour: live.OKABE_ITO[1], dash: "7 4", kind: 1 },
    { words: "thin line: tangent" }, { words: "wide and pale: the library's" }]);
  body.append(live.element("div", { class: "course-row" }, choice.box, slide.box), words,
    live.element("div", { class: "chart-sides" }, plane.svg, live.element("div", {}, legend, remark)));
  let rows = {};

  function walk(z) {
    view.model.set("z", z);
    mark();
  }

  function show() {
    rows = Object.fromEntries(Object.entries(view.get("curves")).map(([key, sent]) => [key, live.unpacked(sent).data]));
    const shown = [rows.a, rows.library_a].flatMap((row) => (row ? [...row] : [])).filter(Number.isFinite);
    const [low, high] = live.range(shown);
    plane.frame([-4, 4], [Math.max(Math.min(low, -1.2), -6) - 0.2, Math.min(Math.max(high, 1.4), 6) + 0.2]);
    behind.replaceChildren(...["library_a", "library_da", "a", "da"].filter((key) => rows[key]).map((key) => plane.curve(
      rows.z, rows[key], { class: `course-${key.replace("library_", "")} ${key.startsWith("library") ? "course-library" : ""}` })));
    choice.input.value = view.get("name");
    remark.textContent = view.get("remark");
    mark();
  }

  function mark() {
    const z = view.get("z");
    const name = view.get("name");
    view.root.dataset.name = name;
    view.root.dataset.z = live.number(z);
    if (document.activeElement !== slide.input) slide.set(z);
    front.replaceChildren();
    words.textContent = "";
    if (!rows.a || !rows.da) return;
    const place = Math.round((z - rows.z[0]) / (rows.z[1] - rows.z[0]));
    const [value, slope] = [rows.a[place], rows.da[place]];
    if (Number.isFinite(value) && Number.isFinite(slope)) {
      front.append(plane.curve([z - 1.2, z + 1.2], [value - 1.2 * slope, value + 1.2 * slope], { class: "course-tangent" }));
    }
    if (Number.isFinite(slope)) front.append(plane.mark(1, z, slope, 7, { class: "chart-dot", fill: live.OKABE_ITO[1] }));
    if (Number.isFinite(value)) front.append(plane.mark(0, z, value, 7, { class: "chart-dot", fill: live.OKABE_ITO[0] }));
    const written = (number) => (Number.isFinite(number) ? live.number(number) : "not defined");
    words.textContent = `${name}(${live.number(z)}) = ${written(value)}, slope ${written(slope)}`;
    plane.svg.setAttribute("aria-label", `The function ${name} and its derivative. ${words.textContent}`);
  }

  let held = false;
  const follow = (event) => {
    const z = Math.round(Math.min(Math.max(plane.at(event)[0], -4), 4) * 20) / 20;
    slide.set(z);
    walk(z);
  };
  view.listen(plane.svg, "pointerdown", (event) => {
    plane.svg.setPointerCapture(event.pointerId);
    held = true;
    follow(event);
  });
  view.listen(plane.svg, "pointermove", (event) => { if (held) follow(event); });
  for (const end of ["pointerup", "pointercancel"]) view.listen(plane.svg, end, () => { held = false; });
  view.listen(plane.svg, "keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const z = Math.min(Math.max(Math.round(20 * view.get("z") + move) / 20, -4), 4);
    slide.set(z);
    walk(z);
  });
  view.on(["z"], mark);
  view.draw(["curves", "name", "remark"], show);
}

export default live.widget("activation-gallery", "Activation functions and their derivatives", build);
