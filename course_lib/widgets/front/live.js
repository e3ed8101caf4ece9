// What all live widgets share. It stands before each widget's own file, in one module.
/* eslint-env browser */

const live = (() => {
  const VERMILION = "#D55E00";
  const ANCHORS = {
    gray: ["#000000", "#ffffff"],
    viridis: ["#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0da39", "#fde725"],
    PuOr: ["#7f3b08", "#b35806", "#e08214", "#fdb863", "#fee0b6", "#f7f7f7", "#d8daeb", "#b2abd2",
      "#8073ac", "#542788", "#2d004b"],
  };

  // One view of a widget: what it listens to, what it asked, what went wrong.
  class View {
    constructor(model, root, problem) {
      Object.assign(this, { model, root, problem });
      this.undo = [];
      this.pending = null;
      this.started = new Map();
      this.times = [];
      this.on(["error"], () => this.complain(this.get("error")));
      this.on(["answered"], () => this.arrived());
      // JupyterLab's shortcuts must not eat the keys that are meant for the widget.
      root.addEventListener("keydown", (event) => event.stopPropagation());
    }

    get(name) { return this.model.get(name); }

    // Call `action` when one of the traits changes; what it throws is shown.
    on(names, action) {
      const guarded = () => this.guard(action);
      for (const name of names) {
        this.model.on(`change:${name}`, guarded);
        this.undo.push(() => this.model.off(`change:${name}`, guarded));
      }
    }

    // Call `draw` now and whenever one of the traits changes, once for each message.
    draw(names, draw) {
      let waiting = false;
      this.on(names, () => {
        if (waiting) return;
        waiting = true;
        queueMicrotask(() => { waiting = false; this.guard(draw); });
      });
      this.guard(draw);
    }

    listen(target, event, action, options) {
      target.addEventListener(event, (...args) => this.guard(() => action(...args)), options);
    }

    guard(action) {
      try {
        return action();
      } catch (error) {
        this.complain(`This cannot be drawn: ${error.message}`);
        return undefined;
      }
    }

    complain(sentence) {
      this.problem.textContent = sentence ? `Note: ${sentence}` : "";
      this.root.dataset.error = sentence;
    }

    // Set traits and tell Python, at most once for each frame on the screen. A function instead of
    // a value is called then.
    ask(values) {
      const first = this.pending === null;
      this.pending = { ...this.pending, ...values };
      if (!first) return;
      const began = performance.now();
      requestAnimationFrame(() => this.guard(() => {
        const traits = Object.entries(this.pending);
        this.pending = null;
        const now = traits.map(([name, value]) => [name, value instanceof Function ? value() : value]);
        const seq = this.get("seq") + 1;
        this.started.set(seq, began);
        this.root.dataset.asked = seq;
        this.model.set({ ...Object.fromEntries(now), seq });
        this.model.save_changes();
      }));
    }

    arrived() {
      const seq = this.get("answered");
      requestAnimationFrame(() => {
        if (this.started.has(seq)) this.times.push(performance.now() - this.started.get(seq));
        for (const earlier of this.started.keys()) if (earlier <= seq) this.started.delete(earlier);
        this.root.dataset.rtts = JSON.stringify(this.times.slice(-200).map(Math.round));
        this.root.dataset.answered = seq;
      });
    }

    close() {
      this.undo.forEach((undo) => undo());
    }
  }

  // The module's `render` for a widget. build(view, body) puts its elements into body.
  function widget(name, label, build) {
    return {
      render({ model, el }) {
        const problem = element("p", { class: "course-error", role: "alert" });
        const body = element("div", { class: "course-body" });
        const root = element("div", {
          class: `course-widget course-${name}`, role: "group", "aria-label": label,
          "data-widget": name,
        }, body, problem);
        el.append(root);
        const view = new View(model, root, problem);
        view.guard(() => build(view, body));
        if (view.get("error")) view.complain(view.get("error"));
        root.dataset.ready = "true";
        return () => view.close();
      },
    };
  }

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function button(label, action, attributes = {}) {
    const made = element("button", { type: "button", ...attributes }, label);
    made.addEventListener("click", action);
    return made;
  }

  let count = 0;

  // A control with its label: {box, input}. `change` gets the value (a number from a slider).
  function labelled(label, input, event, read, change) {
    input.id = `course-control-${Date.now().toString(36)}-${count++}`;
    const box = element("span", { class: "course-control" },
      element("label", { for: input.id }, label), input);
    input.addEventListener(event, () => change(read(input)));
    return { box, input };
  }

  function slider(label, { min, max, step = 1, value, text = String }, change) {
    const input = element("input", { type: "range", min, max, step });
    const shown = element("output", { class: "course-number" });
    const write = () => {
      shown.textContent = text(Number(input.value));
      input.setAttribute("aria-valuetext", shown.textContent);
    };
    const made = labelled(label, input, "input", () => Number(input.value), (now) => {
      write();
      change(now);
    });
    made.box.append(shown);
    made.set = (now) => { input.value = now; write(); };
    made.set(value);
    return made;
  }

  function menu(label, options, value, change) {
    const input = element("select", {},
      ...options.map((option) => element("option", { value: option }, String(option))));
    input.value = value;
    return labelled(label, input, "change", () => input.value, change);
  }

  function checkbox(label, value, change) {
    const input = element("input", { type: "checkbox" });
    input.checked = value;
    const made = labelled(label, input, "change", () => input.checked, change);
    made.box.prepend(input);
    return made;
  }

  const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");

  // A button that calls `step` again and again until pressed again, or until step says false.
  // Who asked their system for less motion gets one step for each press.
  function player(view, label, step, milliseconds = 700) {
    let timer = null;
    const stop = () => {
      clearInterval(timer);
      timer = null;
      made.setAttribute("aria-pressed", "false");
      view.root.dataset.playing = "false";
    };
    const start = () => {
      if (view.guard(step) === false || stillness.matches) return;
      timer = setInterval(() => { if (view.guard(step) === false) stop(); }, milliseconds);
      made.setAttribute("aria-pressed", "true");
      view.root.dataset.playing = "true";
    };
    const made = button(label, () => (timer === null ? start() : stop()), { "aria-pressed": "false" });
    view.undo.push(stop);
    return { button: made, stop };
  }

  // What Python's packed() made of an array: its shape, and its numbers row by row.
  function unpacked(sent) {
    if (!sent || !sent.shape) return { shape: [0], data: new Float32Array(0) };
    const { buffer, byteOffset, byteLength } = sent.data;
    return { shape: sent.shape, data: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)) };
  }

  function range(values) {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return low <= high ? [low, high] : [0, 0];
  }

  function rgb(hex) {
    return [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16));
  }

  // A function value -> [r, g, b]. "PuOr" is centred on 0; what is no number is vermilion.
  function colours(map, low, high) {
    const anchors = ANCHORS[map].map(rgb);
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const [from, to] = map === "PuOr" ? [-most, most] : [low, high];
    return (value) => {
      if (!Number.isFinite(value)) return rgb(VERMILION);
      const share = Math.min(Math.max((value - from) / (to - from || 1), 0), 1);
      const place = share * (anchors.length - 1);
      const left = Math.min(Math.floor(place), anchors.length - 2);
      return anchors[left].map((c, i) => c + (anchors[left + 1][i] - c) * (place - left));
    };
  }

  // Rows and columns of numbers as pixels of a canvas; CSS makes them as large as wanted.
  function paint(canvas, values, rows, columns, map = "gray", limits = range(values)) {
    Object.assign(canvas, { width: columns, height: rows });
    const colour = colours(map, ...limits);
    const image = new ImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) image.data.set([...colour(values[i]), 255], 4 * i);
    canvas.getContext("2d").putImageData(image, 0, 0);
  }

  // A number as the course writes it: few digits, a true minus sign.
  function number(value, digits = 3) {
    if (!Number.isFinite(value)) return String(value);
    return String(Number(value.toPrecision(digits)) + 0).replace("-", "\u2212");
  }

  return {
    widget, element, button, slider, menu, checkbox, player, unpacked, range, colours, paint, number,
    stillness,
    OKABE_ITO: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442"],
  };
})();

