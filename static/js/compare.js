// Comfort only: says how many places are ticked, and offers to print.
(() => {
  const said = ["Tick two to four places.", "1 ticked. Tick one to three more."];

  function count() {
    const form = document.getElementById("cmpf");
    if (!form) return;
    const n = [...form.elements].filter((box) => box.checked).length;
    const most = n > 4 ? " Four at most: we show the first four." : "";
    const words = said[n] ?? `${n} ticked.${most}`;
    const status = form.querySelector("[data-ticked]");
    if (status.textContent !== words) status.textContent = words;
  }

  document.addEventListener("change", (event) => event.target.form?.id === "cmpf" && count());
  document.addEventListener("htmx:afterSettle", count);
  addEventListener("pageshow", count); // a browser that goes back keeps the ticks

  const print = document.querySelector("[data-print]");
  if (print) print.hidden = false;
  print?.addEventListener("click", () => window.print());
})();
