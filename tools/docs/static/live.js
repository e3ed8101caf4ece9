// Widgets in a page without Python. Each place holds a record: the state of the widget, and the
// answers that Python gave while the site was built (tools/docs/alive.py).
/* eslint-env browser */

(() => {
  const base = new URL("widgets/", document.currentScript.src).href;
  const loaded = new Map();

  // What anywidget hands to a widget's `render`, as far as ours use it.
  class Model {
    constructor(found) {
      Object.assign(this, found);
      this.heard = {};
    }

    get(name) { return this.state[name]; }

    set(name, value) {
      const changes = typeof name === "string" ? { [name]: value } : name;
      const changed = Object.keys(changes).filter((key) => changes[key] !== this.state[key]);
      Object.assign(this.state, changes);
      for (const key of changed) (this.heard[`change:${key}`] ?? []).forEach((action) => action());
    }

    on(event, action) { (this.heard[event] ??= []).push(action); }

    off(event, action) { this.heard[event] = (this.heard[event] ?? []).filter((one) => one !== action); }

    // The browser asked: the answer from the record, or none of the sentences that would be wrong.
    save_changes() {
      const question = JSON.stringify(this.asks.map((name) => this.state[name]));
      const silent = Object.fromEntries(this.sentences.map((name) => [name, ""]));
      this.set({ ...(this.answers[question] ?? silent), answered: this.state.seq });
    }
  }

  // Numbers of Python, as a DataView, wherever they stand in the record.
  function unpacked(value) {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(unpacked);
    if (typeof value.base64 === "string") {
      const bytes = Uint8Array.from(atob(value.base64), (letter) => letter.charCodeAt(0));
      return new DataView(bytes.buffer);
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unpacked(one)]));
  }

  function load(front) {
    if (!loaded.has(front)) {
      loaded.set(front, new Promise((done, failed) => {
        const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${base}${front}.css` });
        const script = Object.assign(document.createElement("script"), { src: `${base}${front}.js` });
        script.onload = () => done(window.courseFronts[front]);
        script.onerror = () => failed(new Error(`${front}.js cannot be loaded`));
        document.head.append(style, script);
      }));
    }
    return loaded.get(front);
  }

  async function show(place) {
    const { front, ...found } = JSON.parse(place.querySelector("script").textContent);
    const widget = await load(front);
    const el = document.createElement("div");
    place.prepend(el);
    widget.render({ model: new Model(unpacked(found)), el });
  }

  // What scrolls sideways must be reached by keys, too.
  function reachable() {
    for (const box of document.querySelectorAll("article :is(pre, .table-wrapper, .math-wrapper, .output)")) {
      if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".course-alive").forEach(show);
    reachable();
    window.addEventListener("resize", reachable);
  });
})();
