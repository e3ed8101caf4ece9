// A plane with axes in SVG, shared by the widgets that draw curves and points.
/* global live */

const chart = (() => {
  const SPACE = "http://www.w3.org/2000/svg";
  const EDGE = { left: 54, right: 14, top: 28, bottom: 42 };
  const DASHES = ["", "7 4", "9 3 2 3", "2 3", "12 4", "5 2 1 2 1 2", "1 2"];
  let count = 0;

  function make(tag, attributes = {}, ...children) {
    const node = document.createElementNS(SPACE, tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  // Round numbers from low to high, about `most` of them.
  function ticks(low, high, most = 6) {
    if (!(high > low) || !Number.isFinite(high - low)) return [low];
    const power = 10 ** Math.floor(Math.log10((high - low) / most));
    const step = [1, 2, 5, 10].map((f) => f * power).find((s) => (high - low) / s <= most) ?? 10 * power;
    const places = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) places.push(k * step);
    return places;
  }

  function decades(low, high) {
    const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
    const stride = Math.max(1, Math.ceil((last - first + 1) / 6));
    const places = [];
    for (let k = first; k <= last; k += stride) places.push(k);
    return places;
  }

  // The outline of a marker: every class has one of its own, as in course_lib.plots.
  function marker(kind, x, y, r) {
    const corners = (list) => `M${list.map(([a, b]) => `${x + a * r},${y + b * r}`).join("L")}Z`;
    const square = 0.88;
    return [
      `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
      corners([[-square, -square], [square, -square], [square, square], [-square, square]]),
      corners([[0, -1.1], [1.1, 0.9], [-1.1, 0.9]]),
      corners([[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]]),
      corners([[0, 1.1], [1.1, -0.9], [-1.1, -0.9]]),
      corners([[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1],
        [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]]),
      corners([[-1, -0.6], [-0.6, -1], [0, -0.4], [0.6, -1], [1, -0.6], [0.4, 0], [1, 0.6], [0.6, 1],
        [0, 0.4], [-0.6, 1], [-1, 0.6], [-0.4, 0]]),
    ][kind % 7];
  }

  class Plane {
    // label: what a screen reader says. xlabel, ylabel, title: written at the edges.
    // whole: only whole numbers along x, for steps and epochs.
    constructor({ label, width = 420, height = 420, xlabel = "", ylabel = "", title = "", whole = false }) {
      Object.assign(this, { width, height, whole, log: false, limits: [0, 1, 0, 1] });
      this.inner = { width: width - EDGE.left - EDGE.right, height: height - EDGE.top - EDGE.bottom };
      const clip = `course-clip-${Date.now().toString(36)}-${count++}`;
      const box = { x: EDGE.left, y: EDGE.top, width: this.inner.width, height: this.inner.height };
      this.grid = make("g", { class: "chart-grid" });
      this.content = make("g", { "clip-path": `url(#${clip})` });
      this.svg = make("svg", {
        class: "chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label,
      }, make("defs", {}, make("clipPath", { id: clip }, make("rect", box))),
      this.grid, this.content, make("rect", { class: "chart-frame", ...box }),
      this.text(title, EDGE.left + this.inner.width / 2, 18, "middle"),
      this.text(xlabel, EDGE.left + this.inner.width / 2, height - 6, "middle"),
      this.text(ylabel, 6, 18, "start"));
    }

    text(words, x, y, anchor = "start") {
      const node = make("text", { x, y, "text-anchor": anchor });
      node.textContent = words;
      return node;
    }

    // A group for what lies in the plane; later layers lie above earlier ones.
    layer(attributes = {}) {
      const group = make("g", attributes);
      this.content.append(group);
      return group;
    }

    // The part of the plane to show; log: y on a logarithmic axis (limits as they are).
    frame([left, right], [bottom, top], log = false) {
      this.log = log;
      this.limits = [left, right, ...(log ? [Math.log10(bottom), Math.log10(top)] : [bottom, top])];
      const [low, high] = this.limits.slice(2);
      const across = ticks(left, right).filter((value) => !this.whole || Number.isInteger(value)).map((value) => {
        const x = this.x(value);
        return [x, x, EDGE.top, EDGE.top + this.inner.height,
          this.text(live.number(value), x, this.height - EDGE.bottom + 16, "middle")];
      });
      const up = (log ? decades(low, high) : ticks(low, high)).map((value) => {
        const y = EDGE.top + (high - value) / (high - low || 1) * this.inner.height;
        const words = log ? (10 ** value).toExponential(0).replace("e+", "e").replace("-", "\u2212") : live.number(value);
        return [EDGE.left, EDGE.left + this.inner.width, y, y, this.text(words, EDGE.left - 6, y + 4, "end")];
      });
      this.grid.replaceChildren(...[...across, ...up].flatMap(([x1, x2, y1, y2, words]) => [
        make("line", { x1, x2, y1, y2 }), words]));
    }

    x(value) {
      const [left, right] = this.limits;
      return EDGE.left + (value - left) / (right - left || 1) * this.inner.width;
    }

    y(value) {
      const [, , low, high] = this.limits;
      const height = this.log ? Math.log10(Math.max(value, 1e-300)) : value;
      return EDGE.top + (high - height) / (high - low || 1) * this.inner.height;
    }

    // Where in the plane a pointer is (on axes that are not logarithmic).
    at(event) {
      const box = this.svg.getBoundingClientRect();
      const [left, right, low, high] = this.limits;
      const across = (event.clientX - box.left) * this.width / box.width - EDGE.left;
      const down = (event.clientY - box.top) * this.height / box.height - EDGE.top;
      return [left + across / this.inner.width * (right - left), high - down / this.inner.height * (high - low)];
    }

    // A line through points; the pen is lifted where a number is missing.
    curve(xs, ys, attributes = {}) {
      let [path, down] = ["", false];
      for (let i = 0; i < xs.length; i++) {
        if (Number.isFinite(ys[i]) && Number.isFinite(xs[i])) {
          path += `${down ? "L" : "M"}${this.far(this.x(xs[i]))},${this.far(this.y(ys[i]))}`;
          down = true;
        } else down = false;
      }
      return make("path", { d: path || "M0,0", fill: "none", ...attributes });
    }

    // Numbers far outside the picture make browsers draw nothing at all.
    far(pixel) { return Math.min(Math.max(pixel, -1e5), 1e5).toFixed(2); }

    mark(kind, x, y, r, attributes = {}) {
      return make("path", { d: marker(kind, this.x(x), this.y(y), r), ...attributes });
    }
  }

  // Entries with a sample of colour and marker (or dash) each.
  function legend(entries) {
    return live.element("ul", { class: "chart-legend" }, ...entries.map(({ words, kind, colour, dash, ring }) => {
      const sample = make("svg", { width: 30, height: 16, "aria-hidden": "true" });
      if (dash !== undefined) {
        sample.append(make("line", { x1: 1, x2: 29, y1: 8, y2: 8, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash }));
      }
      if (ring) sample.append(make("circle", { cx: 15, cy: 8, r: 7, class: "chart-ring" }));
      if (kind !== undefined) sample.append(make("path", { d: marker(kind, 15, 8, 5), fill: colour }));
      return live.element("li", {}, sample, words);
    }));
  }

  // A slider over powers of ten for a trait; what Python set is shown as it is, between the steps.
  function powers(view, label, trait, { min, max, step }, change) {
    const text = (power) => {
      const exact = view.get(trait);
      return live.number(Math.abs(Math.log10(exact) - power) <= 0.51 * step ? exact : 10 ** power);
    };
    const made = live.slider(label, { min, max, step, value: Math.log10(view.get(trait)), text }, (power) => change(10 ** power));
    view.on([trait], () => { if (document.activeElement !== made.input) made.set(Math.log10(view.get(trait))); });
    return made;
  }

  return { make, Plane, legend, marker, powers, DASHES };
})();

