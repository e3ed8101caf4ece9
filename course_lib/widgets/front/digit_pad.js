/* global live */
// A pad to draw on. The ink appears at once; Python is asked for what the network makes of it.

const SIZE = 280;
const PEN = 22;
const STEP = 7;
const HELP = "Draw with the mouse, a finger or a pen. By keys: arrows move the pen, Space puts it "
  + "down or lifts it, Delete clears.";

function build(view, body) {
  const side = view.get("side");
  const canvas = live.element("canvas", {
    class: "course-pad", width: SIZE, height: SIZE, tabindex: 0, role: "img",
    "aria-label": "Drawing area, empty",
  });
  const cross = live.element("div", { class: "course-pen", "aria-hidden": "true" });
  const paper = live.element("div", { class: "course-paper" }, canvas, cross);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const small = live.element("canvas", { width: side, height: side }).getContext("2d",
    { willReadFrequently: true });
  const place = { x: SIZE / 2, y: SIZE / 2, down: false };

  function clear() {
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, SIZE, SIZE);
    canvas.setAttribute("aria-label", "Drawing area, empty");
    view.ask({ ink: new Uint8Array(side * side) });
  }

  function line(from, to) {
    Object.assign(pen, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: "#fff" });
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x + 0.01, to.y);
    pen.stroke();
    canvas.setAttribute("aria-label", "Drawing area, with a drawing");
    view.ask({ ink: shrunk });
  }

  function shrunk() {
    small.imageSmoothingQuality = "high";
    small.drawImage(canvas, 0, 0, side, side);
    const pixels = small.getImageData(0, 0, side, side).data;
    return Uint8Array.from({ length: side * side }, (_, i) => pixels[4 * i]);
  }

  function where(event) {
    const box = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) * SIZE / box.width,
      y: (event.clientY - box.top) * SIZE / box.height,
    };
  }

  let last = null;
  view.listen(canvas, "pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = where(event);
    line(last, last);
  });
  view.listen(canvas, "pointermove", (event) => {
    if (last === null) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) {
      const now = where(step);
      line(last, now);
      last = now;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) view.listen(canvas, end, () => { last = null; });

  function showPen() {
    cross.style.left = `${100 * place.x / SIZE}%`;
    cross.style.top = `${100 * place.y / SIZE}%`;
    cross.dataset.down = place.down;
  }

  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  view.listen(canvas, "keydown", (event) => {
    if (event.key === "Tab") return;
    if (event.key in MOVES) {
      const [right, down] = MOVES[event.key];
      const from = { ...place };
      place.x = Math.min(Math.max(place.x + STEP * right, PEN), SIZE - PEN);
      place.y = Math.min(Math.max(place.y + STEP * down, PEN), SIZE - PEN);
      if (place.down || event.shiftKey) line(from, place);
    } else if (event.key === " ") {
      place.down = !place.down;
      if (place.down) line(place, place);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      place.down = false;
      clear();
    } else {
      return;
    }
    event.preventDefault();
    showPen();
  });

  const help = live.element("p", { class: "course-help" }, HELP);
  const words = live.element("p", { class: "course-words", "aria-live": "polite" });
  const seen = live.element("canvas", { class: "course-seen", role: "img" });
  const bars = live.element("ul", { class: "course-bars", "aria-label": "Probability of each class" });
  const caption = live.element("p", {}, "");
  body.append(live.element("div", { class: "course-sides" },
    live.element("div", {}, paper, live.element("div", { class: "course-row" },
      live.button("Clear", clear))),
    live.element("div", {}, caption, seen),
    live.element("div", { class: "course-results" }, bars)), words, help);

  view.draw(["seen"], () => {
    const { shape, data } = live.unpacked(view.get("seen"));
    const [rows, columns] = shape;
    caption.textContent = `What the network sees: ${rows} \u00d7 ${columns} pixels`;
    seen.setAttribute("aria-label", caption.textContent);
    live.paint(seen, data, rows, columns, "gray", [0, 1]);
  });
  view.draw(["guesses", "words"], () => {
    const guesses = view.get("guesses");
    words.textContent = view.get("words");
    Object.assign(view.root.dataset, { guess: guesses[0]?.[0] ?? "", second: guesses[1]?.[0] ?? "" });
    const inOrder = [...guesses].sort((a, b) => (a[0] < b[0] ? -1 : 1));
    bars.replaceChildren(...inOrder.map(([label, share]) => {
      const bar = live.element("span", { class: "course-bar", "aria-hidden": "true" });
      bar.style.width = `${(100 * share).toFixed(1)}px`;
      return live.element("li", { "data-rank": guesses.findIndex((guess) => guess[0] === label) },
        live.element("span", { class: "course-label" }, label), bar,
        live.element("span", { class: "course-share" }, `${(100 * share).toFixed(1)} %`));
    }));
  });
  pen.fillRect(0, 0, SIZE, SIZE);
  showPen();
}

export default live.widget("digit-pad", "Pad to draw a digit on", build);
