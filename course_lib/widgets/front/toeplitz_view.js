/* global live, grid */
// Where things stand is known here; Python is asked for the sentence.

function build(view, body) {
  const kernel = live.unpacked(view.get("kernel"));
  const matrix = live.unpacked(view.get("matrix"));
  const place = live.unpacked(view.get("place")).data;
  const [rows, columns] = matrix.shape;
  const [, across] = kernel.shape;
  const { x: xSize, y: ySize } = view.get("sizes");
  const cell = Math.max(16, Math.min(34, Math.floor(900 / columns)));
  const choose = (row, column) => { view.model.set("entry", [row, column]); mark(); view.ask({ entry: [row, column] }); };
  const grids = {
    kernel: new grid.Grid(view, { label: "The kernel", choose: fromKernel }),
    x: new grid.Grid(view, { label: "The places of x", cell: 30, choose: (r, c) => choose(view.get("entry")[0], r * xSize[1] + c) }),
    y: new grid.Grid(view, { label: "The places of y", cell: 30, choose: (r, c) => choose(r * ySize[1] + c, view.get("entry")[1]) }),
    matrix: new grid.Grid(view, { label: "The matrix", cell, choose, hover: true }),
  };
  const words = live.element("p", {});
  const sentence = live.element("p", { class: "course-sentence", "aria-live": "polite" });
  const remark = live.element("p", {});
  body.append(words, live.element("div", { class: "course-sides" }, grid.titled("kernel", grids.kernel.svg).box,
    grid.titled("x, pixel by pixel: the columns of M", grids.x.svg).box,
    grid.titled("y, pixel by pixel: the rows of M", grids.y.svg).box),
  grid.titled("M (empty cells are 0; point at one, or use the arrow keys)", grids.matrix.svg).box, sentence, remark);

  const most = live.range(kernel.data.map(Math.abs))[1];
  const numbered = ([height, width]) => [Float32Array.from({ length: height * width }, (_, i) => i), height, width];
  grids.kernel.show(kernel.data, ...kernel.shape, { map: "PuOr", limits: [-most, most] });
  grids.x.show(...numbered(xSize), { map: "gray" });
  grids.y.show(...numbered(ySize), { map: "gray" });
  grids.matrix.show(matrix.data.map((value, i) => (place[i] < 0 ? NaN : value)), rows, columns, { map: "PuOr", limits: [-most, most] });

  // A number of the kernel: stay in the row of y if the number stands there, else its first entry.
  function fromKernel(row, column) {
    const wanted = row * across + column;
    const [now] = view.get("entry");
    let found = place.subarray(now * columns, (now + 1) * columns).indexOf(wanted);
    found = found < 0 ? place.indexOf(wanted) : now * columns + found;
    if (found >= 0) choose(Math.floor(found / columns), found % columns);
  }

  function mark() {
    const [row, column] = view.get("entry");
    const which = place[row * columns + column];
    const at = { x: [Math.floor(column / xSize[1]), column % xSize[1]], y: [Math.floor(row / ySize[1]), row % ySize[1]], matrix: [row, column] };
    if (which >= 0) at.kernel = [Math.floor(which / across), which % across];
    for (const [name, one] of Object.entries(grids)) {
      one.unframe();
      if (at[name]) one.at = at[name];
    }
    if (at.kernel) grids.kernel.frame([[...at.kernel, 1, 1]], 0);
    grids.x.frame([[...at.x, 1, 1]], 1);
    grids.y.frame([[...at.y, 1, 1]], 2);
    grids.matrix.frame([[row, 0, 1, columns]], 2);
    grids.matrix.frame([[0, column, rows, 1]], 1);
    const same = [];
    for (let i = 0; i < place.length; i++) if (which >= 0 && place[i] === which) same.push([Math.floor(i / columns), i % columns, 1, 1]);
    grids.matrix.frame(which < 0 ? [[row, column, 1, 1]] : same, 0);
    Object.assign(view.root.dataset, { entry: `${row},${column}`, place: which });
  }

  view.draw(["entry"], mark);
  view.draw(["sentence", "words", "remark"], () => {
    words.textContent = view.get("words");
    sentence.textContent = view.get("sentence");
    remark.textContent = view.get("remark");
    grids.matrix.svg.setAttribute("aria-label", `The matrix. ${view.get("sentence")}`);
  });
}

export default live.widget("toeplitz-view", "A convolution as one matrix", build);
