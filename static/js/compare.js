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
