/* global live */
// A button that asks Python for a little training again and again, until it is pressed once more.

// `last()` says whether there is nothing left to train. `whole` are traits that make one request
// longer: for people who asked their system for less motion, each press is one such request.
function trainer(view, last, whole = {}) {
  let running = false;
  const words = live.element("p", { class: "course-training-words", "aria-live": "polite" });
  const button = live.button("Train", () => (running ? pause() : start()), { "aria-pressed": "false" });

  function pull(values = {}) { view.ask({ pull: view.get("pull") + 1, ...values }); }

  function start() {
    if (last()) return;
    if (live.stillness.matches) { pull(whole); return; }
    set(true);
    pull(Object.fromEntries(Object.keys(whole).map((name) => [name, false])));
  }

  function pause() { set(false); }

  function set(now) {
    running = now;
    button.textContent = now ? "Pause" : "Train";
    button.setAttribute("aria-pressed", String(now));
    // Ten sentences a second are no help to a listener: the last one is read when it rests.
    words.setAttribute("aria-live", now ? "off" : "polite");
    view.root.dataset.playing = String(now);
  }

  view.on(["answered"], () => {
    if (running && last()) pause();
    if (running) pull();
  });
  view.on(["error"], () => { if (view.get("error")) pause(); });
  view.undo.push(() => { running = false; });
  return { button, words, pause, pull };
}

