/* global live, grid */
// Python pads; which pixel a pixel repeats is shown here, at once.

function build(view, body) {
  const picture = new grid.Grid(view, { label: "The padded image", cell: 36, choose: point, hover: true });
  const words = live.element("p", { "aria-live": "polite" });
  const origin = live.element("p", { class: "course-origin", "aria-live": "polite" });
  const remark = live.element("p", {});
  const list = live.element("ul", { "aria-label": "All five rules on one row of numbers" });
  const choice = live.menu("Rule", view.get("modes"), view.get("mode"), (mode) => view.ask({ mode }));
  const width = live.slider("Padding", { min: 0, max: 4, value: view.get("padding") },
    (padding) => view.ask({ padding }));
  body.append(live.element("div", { class: "course-row" }, choice.box, width.box), words, live.element("div", { class: "course-sides" },
    grid.titled("the image with its border (point at a pixel, or use the arrow keys)", picture.svg).box,
    live.element("div", {}, list)), origin, remark);
  let values = [];

  function point(row, column) {
    const { rows, columns, padding } = view.get("sources");
    const [height, across] = [rows.length - 2 * padding, columns.length - 2 * padding];
    picture.unframe();
    picture.frame([[padding, padding, height, across]], 2);
    picture.frame([[row, column, 1, 1]], 0);
    const [from, at] = [rows[row], columns[column]];
    const [r, c] = [row - padding, column - padding].map((place) => live.number(place));
    const inside = row >= padding && row < padding + height && column >= padding && column < padding + across;
    const value = live.number(values[row * columns.length + column]);
    if (inside) origin.textContent = `Row ${r}, column ${c} lies in the image: ${value}.`;
    else if (from < 0 || at < 0) origin.textContent = `Row ${r}, column ${c} lies beyond the border, where ${value} is.`;
    else {
      origin.textContent = `Row ${r}, column ${c} lies beyond the border and repeats row ${from}, column ${at}: ${value}.`;
      picture.frame([[from + padding, at + padding, 1, 1]], 1);
    }
    picture.svg.setAttribute("aria-label", `The padded image. ${origin.textContent}`);
    view.root.dataset.origin = inside ? "inside" : `${from},${at}`;
  }

  view.draw(["padded", "sources", "lines", "words", "remark"], () => {
    const { padding, mode, rows, columns } = view.get("sources");
    values = live.unpacked(view.get("padded")).data;
    picture.show(values, rows.length, columns.length);
    point(...picture.at);
    list.replaceChildren(...Object.entries(view.get("lines")).map(([name, numbers]) => {
      const line = new grid.Grid(view, { label: `${name}: ${numbers.join(" ")}`, cell: 30 });
      line.show(numbers, 1, numbers.length);
      line.frame([[0, padding, 1, numbers.length - 2 * padding]], 2);
      return live.element("li", {}, live.element("span", {}, name === mode ? `\u25b6 ${name}` : name), line.svg);
    }));
    choice.input.value = mode;
    if (document.activeElement !== width.input) width.set(padding);
    words.textContent = view.get("words");
    remark.textContent = view.get("remark");
  });
}

export default live.widget("padding-viewer", "What lies beyond the border of an image", build);
