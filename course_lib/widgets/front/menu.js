/* global live */

function build(view, body) {
  const labels = view.get("labels");
  const menu = live.menu(view.get("description"), labels, labels[view.get("index")], (label) => {
    view.model.set("index", labels.indexOf(label));
    view.model.save_changes();
  });
  body.append(menu.box);
  view.draw(["index"], () => { menu.input.value = labels[view.get("index")]; });
}

export default live.widget("menu", "Menu", build);
