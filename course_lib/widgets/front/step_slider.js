/* global live */

function build(view, body) {
  const slider = live.slider(view.get("description"),
    { min: view.get("min"), max: view.get("max"), value: view.get("value") },
    (value) => {
      view.model.set("value", value);
      view.model.save_changes();
    });
  body.append(slider.box);
  view.draw(["max", "value"], () => {
    slider.input.max = view.get("max");
    slider.set(view.get("value"));
  });
}

export default live.widget("step-slider", "Slider", build);
