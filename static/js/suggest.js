// Suggestions below a box: the combobox pattern. htmx fetches them into the list of the box.
(() => {
  const listOf = (box) => document.getElementById(box.dataset.suggest);
  const optionsOf = (box) => [...listOf(box).querySelectorAll("[role=option]")];
  const boxOf = (target) => target.closest?.("[data-suggest]");
  const isOpen = (box) => !listOf(box).hidden;

  // Without this script the box has its datalist and is a plain text field.
  function makeCombobox(box) {
    if (box.getAttribute("role") === "combobox") return;
    box.removeAttribute("list");
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", box.dataset.suggest);
    box.setAttribute("aria-expanded", "false");
  }

  function show(box, open) {
    listOf(box).hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    mark(box, null);
  }

  function mark(box, option) {
    for (const each of optionsOf(box)) each.setAttribute("aria-selected", String(each === option));
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  }

  // Nothing that is still under way opens the list again.
  function close(box) {
    box.dispatchEvent(new CustomEvent("htmx:abort"));
    box.dataset.closed = "";
    show(box, false);
  }

  function choose(box, option) {
    box.value = option.dataset.value;
    close(box);
  }

  // One step down or up; beyond an end is the box itself.
  function step(box, by) {
    const options = optionsOf(box);
    const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const next = at < 0 && by < 0 ? options.length - 1 : at + by;
    mark(box, options[next] ?? null);
  }

  document.addEventListener("focusin", ({ target }) => boxOf(target) && makeCombobox(boxOf(target)));
  document.addEventListener("input", ({ target }) => { if (boxOf(target)) delete target.dataset.closed; });
  document.addEventListener("focusout", ({ target }) => boxOf(target) && close(target));

  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    const box = document.querySelector(`[data-suggest="${target.id}"]`);
    if (!box) return;
    const wanted = box === document.activeElement && !("closed" in box.dataset);
    show(box, wanted && optionsOf(box).length > 0);
  });

  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = listOf(box).querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!optionsOf(box).length) return;
      if (!isOpen(box)) show(box, true);
      step(box, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && isOpen(box) && chosen) choose(box, chosen);
    else if (event.key === "Escape" && isOpen(box)) close(box);
    else return;
    event.preventDefault();
  });

  // The focus stays in the box while an option is pressed.
  document.addEventListener("mousedown", (event) => event.target.closest(".suggest") && event.preventDefault());
  document.addEventListener("click", ({ target }) => {
    const option = target.closest(".suggest [role=option]");
    const box = option && document.querySelector(`[data-suggest="${option.closest(".suggest").id}"]`);
    if (box) choose(box, option);
  });
})();
