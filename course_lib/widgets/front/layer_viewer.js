/* global live */
// Every layer as pictures. Pointing at a unit asks Python what went into it.

const ACROSS = 470;
const CURSOR = "#D55E00";
const COLOURS = {
  PuOr: "orange below 0, purple above", gray: "black to white", viridis: "dark blue to yellow",
};

// Where each number of a picture lies on its canvas.
class Sheet {
  constructor(picture) {
    this.picture = picture;
    const { shape, data } = live.unpacked(picture.values);
    this.data = data;
    if (shape.length === 1) {
      [this.maps, this.rows, this.columns] = [shape[0], 1, 1];
      this.scale = shape[0] <= 16 ? 32 : shape[0] <= 128 ? 16 : 10;
      this.gap = 1;
    } else {
      [this.maps, this.rows, this.columns] = shape;
      this.scale = Math.max(1, Math.floor(80 / Math.max(this.rows, this.columns)));
      this.gap = 6;
    }
    const wide = this.columns * this.scale + this.gap;
    this.perRow = Math.max(1, Math.min(this.maps, Math.floor(ACROSS / wide)));
    this.width = this.perRow * wide;
    this.height = Math.ceil(this.maps / this.perRow) * (this.rows * this.scale + this.gap);
  }

  corner(map) {
    return [
      (map % this.perRow) * (this.columns * this.scale + this.gap),
      Math.floor(map / this.perRow) * (this.rows * this.scale + this.gap),
    ];
  }

  // The unit under a point, as [map, row, column], or null in the gaps.
  at(x, y) {
    const across = Math.floor(x / (this.columns * this.scale + this.gap));
    const map = Math.floor(y / (this.rows * this.scale + this.gap)) * this.perRow + across;
    if (across >= this.perRow || map >= this.maps) return null;
    const [left, top] = this.corner(map);
    const [row, column] = [Math.floor((y - top) / this.scale), Math.floor((x - left) / this.scale)];
    return row < this.rows && column < this.columns ? [map, row, column] : null;
  }

  // Its number among all units of the layer, those included that are not shown.
  unit([map, row, column]) {
    const { shape, step } = this.picture;
    return shape.length === 1 ? map : (map * shape[1] + row * step) * shape[2] + column * step;
  }

  draw(canvas) {
    Object.assign(canvas, { width: this.width, height: this.height });
    const pen = canvas.getContext("2d");
    pen.imageSmoothingEnabled = false;
    const { low, high, colours } = this.picture;
    const size = this.rows * this.columns;
    const tile = document.createElement("canvas");
    for (let map = 0; map < this.maps; map++) {
      const values = this.data.subarray(map * size, (map + 1) * size);
      live.paint(tile, values, this.rows, this.columns, colours, [low, high]);
      pen.drawImage(tile, ...this.corner(map), this.columns * this.scale, this.rows * this.scale);
    }
  }

  frame(pen, map, row, column, height = 1, width = 1) {
    const [left, top] = this.corner(map);
    const [s, x, y] = [this.scale, left + column * this.scale, top + row * this.scale];
    pen.lineWidth = 4;
    pen.strokeStyle = "#fff";
    pen.strokeRect(x, y, width * s, height * s);
    pen.lineWidth = 2;
    pen.strokeStyle = CURSOR;
    pen.strokeRect(x, y, width * s, height * s);
  }
}

function build(view, body) {
  const cards = new Map();
  let place = null;

  const whose = live.menu("Show", ["yours", "reference", "difference"], view.get("whose"),
    (value) => view.ask({ whose: value }));
  const quantity = live.menu("what", ["activations", "gradients"], view.get("quantity"),
    (value) => view.ask({ quantity: value }));
  whose.box.hidden = !view.get("compared");
  const choose = (places) => view.ask({ shown: places });
  const all = live.button("All layers", () => choose(view.get("names").map((_, i) => i)));
  const none = live.button("No layers", () => choose([]));
  const switches = live.element("div", { class: "course-switches", role: "group",
    "aria-label": "Layers to show" });
  const words = live.element("p", { "aria-live": "polite" });
  const stack = live.element("div", { class: "course-stack" });
  const sentence = live.element("p", { class: "course-sentence", "aria-live": "polite" });
  const parts = live.element("div", { class: "course-parts" });
  const panel = live.element("div", { class: "course-detail" }, sentence, parts);
  body.append(live.element("div", { class: "course-row" }, whose.box, quantity.box, all, none),
    switches, words, live.element("div", { class: "course-columns" }, stack, panel));

  view.draw(["names", "shown"], () => {
    const shown = new Set(view.get("shown"));
    const names = view.get("names");
    if (switches.childElementCount !== names.length) {
      switches.replaceChildren(...names.map((name, i) => live.checkbox(name, shown.has(i), (on) => {
        const now = new Set(view.get("shown"));
        if (on) now.add(i); else now.delete(i);
        choose([...now].sort((a, b) => a - b));
      }).box));
    }
    switches.querySelectorAll("input").forEach((box, i) => { box.checked = shown.has(i); });
  });

  function point(card, spot) {
    if (spot === null) return;
    const unit = card.sheet.unit(spot);
    if (place && place.card === card && place.unit === unit) return;
    place = { card, spot, unit };
    mark();
    view.ask({ unit: [card.sheet.picture.place, unit] });
  }

  function mark() {
    const { source, box } = view.get("detail");
    for (const [at, card] of cards) {
      const pen = card.canvas.getContext("2d");
      pen.clearRect(0, 0, card.sheet.width, card.sheet.height);
      pen.drawImage(card.still, 0, 0);
      if (place && place.card === card) card.sheet.frame(pen, ...place.spot);
      if (place && at === source && card.sheet.picture.shape.length === 3) {
        const [top, left, height, width] = box.map((n) => n / card.sheet.picture.step);
        for (let map = 0; map < card.sheet.maps; map++) {
          card.sheet.frame(pen, map, top, left, height, width);
        }
      }
    }
  }

  const MOVES = { ArrowLeft: [0, 0, -1], ArrowRight: [0, 0, 1], ArrowUp: [0, -1, 0],
    ArrowDown: [0, 1, 0], PageUp: [-1, 0, 0], PageDown: [1, 0, 0] };
  const CELLS = { ArrowLeft: -1, ArrowRight: 1 };

  function moved(card, key) {
    const { sheet } = card;
    const [map, row, column] = place && place.card === card ? place.spot : [0, 0, 0];
    const keep = (n, most) => Math.min(Math.max(n, 0), most - 1);
    if (sheet.picture.shape.length === 1) {
      const by = CELLS[key] ?? Math.sign(MOVES[key][1]) * sheet.perRow;
      return [keep(map + by, sheet.maps), 0, 0];
    }
    const [m, r, c] = MOVES[key];
    return [keep(map + m, sheet.maps), keep(row + r, sheet.rows), keep(column + c, sheet.columns)];
  }

  function newCard(at) {
    const canvas = live.element("canvas", { tabindex: 0, role: "img", class: "course-layer" });
    const title = live.element("p", { class: "course-title" });
    const card = { canvas, title, box: live.element("div", { "data-layer": at }, title, canvas) };
    const spot = (event) => {
      const box = canvas.getBoundingClientRect();
      return card.sheet.at((event.clientX - box.left) * canvas.width / box.width,
        (event.clientY - box.top) * canvas.height / box.height);
    };
    for (const kind of ["pointermove", "pointerdown"]) {
      view.listen(canvas, kind, (event) => point(card, spot(event)));
    }
    view.listen(canvas, "focus", () => {
      if (canvas.matches(":focus-visible") && !(place && place.card === card)) {
        point(card, [0, 0, 0]);
      }
    });
    view.listen(canvas, "keydown", (event) => {
      if (!(event.key in MOVES)) return;
      event.preventDefault();
      point(card, moved(card, event.key));
    });
    return card;
  }

  view.draw(["pictures"], () => {
    const pictures = view.get("pictures");
    const wanted = new Set(pictures.map((picture) => picture.place));
    for (const at of [...cards.keys()]) {
      if (!wanted.has(at)) { cards.get(at).box.remove(); cards.delete(at); }
    }
    let last = null;
    for (const picture of pictures) {
      if (!cards.has(picture.place)) cards.set(picture.place, newCard(picture.place));
      const card = cards.get(picture.place);
      card.sheet = new Sheet(picture);
      const range = `${live.number(picture.low)} to ${live.number(picture.high)}`;
      const known = card.sheet.data.length > 0;
      card.title.textContent = known
        ? `${picture.title}: ${range} (${COLOURS[picture.colours]}). ${picture.note}`
        : `${picture.title}: ${picture.note}`;
      card.canvas.hidden = !known;
      card.canvas.setAttribute("aria-label",
        `${picture.title}, ${range}. Arrows move over the units, Page Up and Down over the maps.`);
      card.still = document.createElement("canvas");
      if (known) card.sheet.draw(card.still);
      Object.assign(card.canvas, { width: card.sheet.width, height: card.sheet.height });
      if (last ? last.nextSibling !== card.box : stack.firstChild !== card.box) {
        if (last) last.after(card.box); else stack.prepend(card.box);
      }
      last = card.box;
    }
    if (place && !wanted.has(place.card.sheet.picture.place)) place = null;
    view.root.dataset.shown = [...wanted].join(" ");
    mark();
  });

  function part(title, sent, colours) {
    const picture = { values: sent, colours, shape: sent.shape, step: 1 };
    const sheet = new Sheet(picture);
    const most = Math.max(...live.range(sheet.data).map(Math.abs)) || 1;
    [picture.low, picture.high] = colours === "PuOr" ? [-most, most] : live.range(sheet.data);
    sheet.perRow = Math.max(1, Math.min(sheet.maps, Math.floor(270 / (sheet.columns * sheet.scale + sheet.gap))));
    sheet.width = sheet.perRow * (sheet.columns * sheet.scale + sheet.gap);
    sheet.height = Math.ceil(sheet.maps / sheet.perRow) * (sheet.rows * sheet.scale + sheet.gap);
    const range = live.range(sheet.data).map((n) => live.number(n)).join(" to ");
    const canvas = live.element("canvas", { role: "img", "aria-label": `${title}, ${range}` });
    sheet.draw(canvas);
    return live.element("div", {}, live.element("p", { class: "course-title" }, `${title}: ${range}`), canvas);
  }

  view.draw(["detail"], () => {
    const detail = view.get("detail");
    sentence.textContent = detail.sentence
      ?? "Point at a unit, or move to a layer with Tab and over its units with the arrow keys.";
    const shown = [["inputs", "Inputs"], ["weights", "Weights"], ["products", "Inputs times weights"]];
    parts.replaceChildren(...shown.filter(([name]) => detail[name])
      .map(([name, title]) => part(title, detail[name], "PuOr")));
    view.root.dataset.unit = (view.get("unit") ?? []).join(" ");
    mark();
  });
  view.draw(["words"], () => { words.textContent = view.get("words"); });
  view.draw(["whose", "quantity"], () => {
    whose.input.value = view.get("whose");
    quantity.input.value = view.get("quantity");
  });
}

export default live.widget("layer-viewer", "The layers of a network", build);
