// Entries of an issue are moved by dragging, too: dropping one presses "move to" in its form. Without
// this script the arrows do it.
for (const list of document.querySelectorAll("ol[data-sort]")) {
  let held = null;
  const over = (item) => {
    for (const one of list.children) one.classList.toggle("over", one === item);
  };
  // Where the pointer is, if what is held may be put there: what comes first stays first.
  const target = (event) => {
    const item = event.target.closest?.("li");
    return held && item && item !== held && item.parentElement === list
      && item.dataset.group === held.dataset.group ? item : null;
  };
  for (const item of list.children) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      held = item;
      event.dataTransfer.effectAllowed = "move";
    });
    item.addEventListener("dragend", () => {
      held = null;
      over(null);
    });
  }
  list.addEventListener("dragover", (event) => {
    const item = target(event);
    over(item);
    if (item) event.preventDefault();
  });
  list.addEventListener("drop", (event) => {
    const item = target(event);
    if (!item) return;
    event.preventDefault();
    const form = document.getElementById("entries");
    form.action = list.dataset.sort;
    for (const [name, value] of [["do", "to " + held.id.slice("entry-".length)], ["place", item.dataset.place]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    form.submit();
  });
}
