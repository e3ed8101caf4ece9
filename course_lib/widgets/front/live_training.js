/* global live, chart, trainer */
// Curves of a training. The browser asks for a little training again and again until paused.

const TITLES = { loss: "loss", accuracy: "accuracy", gradient: "gradient of each layer (rms)" };

function build(view, body) {
  const places = live.element("div", { class: "chart-sides" });
  const { button, words, pause, pull } = trainer(view, () => view.get("finished"), { epoch_at_once: true });
  const epoch = live.button("One epoch", () => { pause(); pull({ epoch_at_once: true }); });
  body.append(live.element("div", { class: "course-row" }, button, epoch), words, places);
  const panels = {};

  function panel(name) {
    if (!panels[name]) {
      const plane = new chart.Plane({ label: TITLES[name], width: 330, height: 280, title: TITLES[name], xlabel: "step", whole: true });
      const legend = live.element("div", {});
      places.append(live.element("div", {}, plane.svg, legend));
      panels[name] = { plane, legend, layer: plane.layer(), names: "" };
    }
    return panels[name];
  }

  // Before the first step: empty axes, so that it is seen what will come.
  panel("loss").plane.frame([1, 10], [0, 1]);

  function draw() {
    for (const [name, series] of Object.entries(view.get("panels"))) drawPanel(panel(name), name, series.map((row) => ({
      name: row.name, x: live.unpacked(row.x).data, raw: live.unpacked(row.raw).data, line: live.unpacked(row.line).data })));
    words.textContent = view.get("words");
    view.root.dataset.steps = view.get("count");
    view.root.dataset.finished = view.get("finished");
  }

  function drawPanel(place, name, series) {
    const { plane, layer, legend } = place;
    const [low, high] = live.range(series.flatMap((row) => [...row.raw]));
    const [, last] = live.range(series.flatMap((row) => [...row.x]));
    const log = name !== "accuracy" && low > 0 && high > 10 * low;
    const spare = 0.06 * (high - low) || 0.5;
    const limits = log ? [low / 1.2, high * 1.2] : [low - spare, high + spare];
    plane.frame([Math.min(1, last - 1), Math.max(last, 2)], name === "accuracy" ? [0, 1.02] : limits, log);
    layer.replaceChildren(...series.flatMap((row, k) => {
      const [stroke, dash] = [live.OKABE_ITO[k % 7], chart.DASHES[k % 7]];
      const shapes = [plane.curve(row.x, row.line, { class: "course-mean", stroke, "stroke-dasharray": dash })];
      if (name !== "gradient") shapes.unshift(plane.curve(row.x, row.raw, { class: "course-raw", stroke }));
      for (let i = 0; i < 8; i++) {
        const at = Math.floor((i + 0.5 + k / 8) * row.x.length / 8.5);
        if (at < row.x.length) shapes.push(plane.mark(k, row.x[at], row.line[at], 4, { fill: stroke, class: "chart-dot" }));
      }
      return shapes;
    }));
    const names = series.map((row) => row.name).join();
    if (names === place.names) return;
    place.names = names;
    legend.replaceChildren(chart.legend(series.map((row, k) => ({
      words: row.name, kind: k % 7, colour: live.OKABE_ITO[k % 7], dash: chart.DASHES[k % 7] }))));
  }

  view.draw(["panels", "words", "count", "finished"], draw);
}

export default live.widget("live-training", "A training, live", build);
