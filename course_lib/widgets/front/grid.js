// Numbers in cells, and a place among them that pointer and arrow keys choose.
/* global live, chart */

const grid = (() => {
  // Frames differ in colour and in dash; a pale line beneath keeps them visible on dark cells.
  const FRAMES = [
    { stroke: "#D55E00", "stroke-width": 4 },
    { stroke: "#0072B2", "stroke-width": 4, "stroke-dasharray": "6 3" },
    { stroke: "#009E73", "stroke-width": 4, "stroke-dasharray": "2 3" },
  ];
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  class Grid {
    // label: what a screen reader says. choose(row, column): the grid can then be focused;
    // hover: the pointer chooses without being pressed.
    constructor(view, { label, cell = 34, choose = null, hover = false }) {
      Object.assign(this, { cell, rows: 0, columns: 0, at: [0, 0], choose });
      this.cells = chart.make("g", { class: "grid-cells" });
      this.frames = chart.make("g");
      this.svg = chart.make("svg", { class: "course-grid", role: "img", "aria-label": label }, this.cells, this.frames);
      if (!choose) return;
      this.svg.setAttribute("tabindex", 0);
      view.listen(this.svg, "keydown", (event) => this.key(event));
      const point = (event) => {
        const box = this.svg.getBoundingClientRect();
        this.go(Math.floor((event.clientY - box.top - 3) / this.cell), Math.floor((event.clientX - box.left - 3) / this.cell));
      };
      view.listen(this.svg, "pointerdown", point);
      if (hover) view.listen(this.svg, "pointermove", point);
    }

    key(event) {
      const move = MOVES[event.key];
      if (!move) return;
      event.preventDefault();
      this.go(this.at[0] + move[0], this.at[1] + move[1]);
    }

    go(row, column) {
      const to = [Math.min(Math.max(row, 0), this.rows - 1), Math.min(Math.max(column, 0), this.columns - 1)];
      if (to[0] === this.at[0] && to[1] === this.at[1]) return;
      this.at = to;
      this.choose(...to);
    }

    // values: row by row, NaN for an empty cell. beyond(row, column): a cell of the border.
    show(values, rows, columns, { map = "gray", limits = live.range(values), beyond = () => false, write = live.number } = {}) {
      Object.assign(this, { rows, columns, at: [Math.min(this.at[0], rows - 1), Math.min(this.at[1], columns - 1)] });
      const colour = live.colours(map, ...limits);
      const { cell } = this;
      const [width, height] = [columns * cell + 6, rows * cell + 6];
      for (const [key, value] of Object.entries({ width, height, viewBox: `-3 -3 ${width} ${height}` })) this.svg.setAttribute(key, value);
      const drawn = [];
      for (let i = 0; i < rows * columns; i++) {
        const [row, column, value] = [Math.floor(i / columns), i % columns, values[i]];
        const rect = chart.make("rect", { x: column * cell, y: row * cell, width: cell, height: cell });
        drawn.push(rect);
        const outside = beyond(row, column);
        if (outside || !Number.isFinite(value)) rect.setAttribute("class", outside ? "grid-beyond" : "grid-empty");
        else rect.setAttribute("fill", `rgb(${colour(value).map(Math.round).join(" ")})`);
        const words = Number.isFinite(value) ? write(value) : "";
        if (!words) continue;
        const text = chart.make("text", { x: (column + 0.5) * cell, y: (row + 0.5) * cell, "text-anchor": "middle",
          "dominant-baseline": "central", "font-size": Math.min(14, 0.42 * cell, cell / (0.62 * words.length)) });
        if (outside) text.setAttribute("class", "grid-beyond-text");
        else text.setAttribute("fill", ink(colour(value)));
        text.textContent = words;
        drawn.push(text);
      }
      this.cells.replaceChildren(...drawn);
      this.frames.replaceChildren();
    }

    // Frame boxes [row, column, rows, columns] in one of three styles.
    frame(boxes, kind = 0) {
      for (const [row, column, rows, columns] of boxes) {
        const box = { x: column * this.cell, y: row * this.cell, width: columns * this.cell, height: rows * this.cell, fill: "none" };
        this.frames.append(chart.make("rect", { ...box, stroke: "#ffffff", "stroke-width": 6 }), chart.make("rect", { ...box, ...FRAMES[kind] }));
      }
    }

    unframe() { this.frames.replaceChildren(); }
  }

  // Black or white, whichever is read better on the colour (relative luminance of WCAG 2).
  function ink([r, g, b]) {
    const luminance = 0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2;
    return luminance > 0.18 ? "#000000" : "#ffffff";
  }

  function titled(words, ...pictures) {
    const caption = live.element("figcaption", {}, words);
    const box = live.element("figure", {}, caption, ...pictures);
    return { box, caption };
  }

  return { Grid, titled };
})();

