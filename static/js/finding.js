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

// “Use where I am”: asked for only on a press, rounded before it leaves the browser.
(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-near-me]");
    if (!button) return;
    const box = document.getElementById(button.dataset.nearMe);
    const says = document.getElementById(`${button.dataset.nearMe}-where`);
    says.textContent = "Looking…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // A tenth of a degree, about seven miles.
        box.value = `${coords.latitude.toFixed(1)}, ${coords.longitude.toFixed(1)}`;
        says.textContent = "";
        box.form.requestSubmit();
      },
      () => {
        says.textContent = "Your browser did not say where you are. Type a town or a ZIP code.";
        box.focus();
      },
      { timeout: 15000, maximumAge: 600000 },
    );
  });
})();

// Comfort only: keeps what is ticked while filters change the list, and counts it.
(() => {
  const said = ["Tick two to four places.", "1 ticked. Tick one to three more."];
  const chosen = new Map(); // each ticked place and the label of its box; gone with the page
  let known; // the form whose boxes are as chosen

  const boxes = (form) => [...form.elements].filter((field) => field.name === "c");

  function note(box) {
    if (box.checked) chosen.set(box.value, box.labels[0]);
    else chosen.delete(box.value);
  }

  // A new list: its boxes are ticked as before; a place that is not in it keeps a box below it.
  function restore(form) {
    const here = new Set();
    for (const box of boxes(form)) {
      here.add(box.value);
      box.checked = chosen.has(box.value);
    }
    const away = document.querySelector("[data-away]");
    for (const [place, label] of chosen) {
      if (!here.has(place)) away.append(copyOf(label));
    }
    away.hidden = !away.querySelector("input");
  }

  function copyOf(label) {
    const copy = label.cloneNode(true);
    const words = copy.querySelector("span");
    words.textContent = words.textContent; // in the list the name is for the ear only
    copy.querySelector("input").checked = true;
    return copy;
  }

  function count(form) {
    const n = boxes(form).filter((box) => box.checked).length;
    const away = document.querySelectorAll("[data-away] :checked").length;
    const most = n > 4 ? " Four at most: we show the first four." : "";
    const words = (said[n] ?? `${n} ticked.${most}`) + (away ? ` Not in this list: ${away}.` : "");
    const status = form.querySelector("[data-ticked]");
    if (status.textContent !== words) status.textContent = words;
  }

  function look() {
    const form = document.getElementById("cmpf");
    if (!form) return;
    if (!known) boxes(form).forEach(note); // a browser that goes back keeps the ticks
    else if (form !== known) restore(form);
    known = form;
    count(form);
  }

  document.addEventListener("change", ({ target: box }) => {
    if (box.form?.id !== "cmpf") return;
    note(box);
    look();
  });
  document.addEventListener("htmx:afterSettle", look);
  addEventListener("pageshow", look);
})();
