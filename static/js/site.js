// Comfort only: every page works without this file. It runs before htmx.
(() => {
  // htmx would write each address, with what was searched, into the session storage. Of the site
  // only tru.js keeps something there: the talk of the tab, until Close.
  const refuse = () => { throw new Error("Nothing is stored"); };
  const nothing = { length: 0, getItem: () => null, removeItem() {}, clear() {}, setItem: refuse };
  Object.defineProperty(window, "sessionStorage", { value: nothing });

  // A toast goes 10 s after it came or focus has left it, never while focus is inside.
  const toasts = document.getElementById("toasts");
  // What came too often, or while the database is away, brings one too; htmx shows no error.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if ([429, 503].includes(detail.xhr.status) && detail.xhr.responseText.includes('id="toasts"')) detail.shouldSwap = true;
  });
  let timer;
  function clearLater() {
    clearTimeout(timer);
    timer = setTimeout(() => toasts.contains(document.activeElement) || toasts.replaceChildren(), 10_000);
  }
  toasts.addEventListener("focusin", () => clearTimeout(timer));
  toasts.addEventListener("focusout", clearLater);
  new MutationObserver(() => toasts.firstChild && clearLater()).observe(toasts, { childList: true });

  // The first save or yes brings the cookie that the next one is sent with. So that two tabs do not
  // become two visitors, forms go one at a time in all of them; none waits longer than `patience`.
  const patience = 10_000;
  let sending = false;

  function inTurn(send) {
    let waits = true;
    const turn = () => waits && new Promise((done) => {
      waits = false;
      setTimeout(done, patience);
      send(done);
    });
    const signal = AbortSignal.timeout(patience);
    navigator.locks.request("visitor", { signal }, turn).catch(turn);
  }

  // While a page leaves it keeps its turn; htmx tells when its answer is there.
  if (navigator.locks && AbortSignal.timeout) document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (sending || form.method !== "post" || form.matches(".tru-ask")) return;
    event.preventDefault();
    event.stopPropagation();
    inTurn((done) => {
      if (!form.isConnected) return done();
      form.addEventListener("htmx:afterRequest", done, { once: true });
      sending = true;
      if (button) button.click(); // htmx sends the name of the button that was clicked
      else form.requestSubmit();
      sending = false;
    });
  }, true);

  // Nothing has the focus unseen: the open filters of a phone close when it leaves them.
  document.addEventListener("focusin", ({ target }) => {
    const drawer = document.getElementById("filters");
    if (drawer?.matches("[popover]:popover-open") && !drawer.contains(target)) drawer.hidePopover();
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Leave site: Back does not lead straight back here.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-leave]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(link.href);
  });
})();
