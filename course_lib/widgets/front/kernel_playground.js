/* global live */
// Filtered here, at once; Python is asked for words and for the learner's own function.

function build(view, body) {
  const { shape: [rows, columns], data: image } = live.unpacked(view.get("image"));
  const limits = live.range(image);
  let kernel = view.get("kernel").map((row) => [...row]);
  const before = live.element("canvas", { role: "img", "aria-label": "The image" });
  const after = live.element("canvas", { role: "img", "aria-label": "The filtered image" });
  const table = live.element("table", { role: "presentation" });
  const words = live.element("p", { "aria-live": "polite" });
  const remark = live.element("p", {});
  const own = "own numbers";
  const choice = live.menu("Kernel", [...Object.keys(view.get("kernels")), own], named(), (name) => {
    if (name === own) return;
    kernel = view.get("kernels")[name].map((row) => [...row]);
    write();
    changed();
  });
  const normal = live.button("Divide by the sum", () => {
    const sum = kernel.flat().reduce((a, b) => a + b, 0);
    if (Math.abs(sum) < 1e-9) return;
    kernel = kernel.map((row) => row.map((value) => value / sum));
    write();
    changed();
  });
  const framed = (picture, caption) => live.element("figure", {}, picture, live.element("figcaption", {}, caption));
  body.append(live.element("div", { class: "course-row" }, choice.box, normal), words, live.element("div", { class: "course-sides" },
    framed(before, "image"), framed(table, "kernel, as it is written"), framed(after, "filtered")), remark);

  function named() {
    const same = Object.entries(view.get("kernels")).find(([, numbers]) => JSON.stringify(numbers) === JSON.stringify(kernel));
    return same ? same[0] : "own numbers";
  }

  function write() {
    table.replaceChildren(...kernel.map((row, i) => live.element("tr", {}, ...row.map((value, j) => {
      const input = live.element("input", { type: "number", step: "any", value: Number(value.toPrecision(4)),
        "aria-label": `kernel, row ${i}, column ${j}` });
      view.listen(input, "input", () => {
        if (!Number.isFinite(input.valueAsNumber)) return;
        kernel[i][j] = input.valueAsNumber;
        changed();
      });
      // Half steps by the arrow keys, whatever the number.
      view.listen(input, "keydown", (event) => {
        const move = { ArrowUp: 0.5, ArrowDown: -0.5 }[event.key];
        if (!move) return;
        event.preventDefault();
        kernel[i][j] = Number((kernel[i][j] + move).toPrecision(6));
        input.value = kernel[i][j];
        changed();
      });
      return live.element("td", {}, input);
    }))));
  }

  function changed() {
    choice.input.value = named();
    draw();
    view.ask({ kernel: kernel.map((row) => [...row]) });
  }

  function draw() {
    const size = kernel.length;
    const edge = (size - 1) / 2;
    const y = new Float32Array(rows * columns);
    kernel.forEach((row, i) => row.forEach((weight, j) => {
      if (!weight) return;
      for (let r = Math.max(0, edge - i); r < Math.min(rows, rows + edge - i); r++) {
        const from = (r + i - edge) * columns + j - edge;
        for (let c = Math.max(0, edge - j); c < Math.min(columns, columns + edge - j); c++) y[r * columns + c] += weight * image[from + c];
      }
    }));
    const sum = kernel.flat().reduce((a, b) => a + b, 0);
    const most = kernel.flat().reduce((a, b) => a + Math.abs(b), 0);
    // The border meets zeros and would outshine all the rest, so it does not set the scale.
    const inner = y.filter((_, at) => {
      const [r, c] = [Math.floor(at / columns), at % columns];
      return r >= edge && r < rows - edge && c >= edge && c < columns - edge;
    });
    if (most > 0 && Math.abs(sum) <= 1e-9 * most) live.paint(after, y, rows, columns, "PuOr", live.range(inner));
    else live.paint(after, y, rows, columns, "gray", limits);
    view.root.dataset.sum = live.number(sum);
  }

  live.paint(before, image, rows, columns, "gray", limits);
  write();
  draw();
  view.on(["kernel"], () => {
    if (JSON.stringify(view.get("kernel")) === JSON.stringify(kernel)) return;
    kernel = view.get("kernel").map((row) => [...row]);
    choice.input.value = named();
    write();
    draw();
  });
  view.draw(["words", "remark"], () => {
    words.textContent = view.get("words");
    remark.textContent = view.get("remark");
    after.setAttribute("aria-label", `The filtered image. ${view.get("words")}`);
  });
}

export default live.widget("kernel-playground", "A kernel to edit over a photograph", build);
