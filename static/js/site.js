// Comfort only: every page works without this file. It runs before htmx.
(() => {
  // htmx would write each address, with what was searched, into the session storage.
  const refuse = () => { throw new Error("Nothing is stored"); };
  const nothing = { length: 0, getItem: () => null, removeItem() {}, clear() {}, setItem: refuse };
  Object.defineProperty(window, "sessionStorage", { value: nothing });

  const tru = document.querySelector("details.tru");
  const log = tru?.querySelector("[role=log]");
  const close = tru?.querySelector("[data-close]");

  function closeTru() {
    tru.open = false;
    tru.querySelector("summary").focus();
  }

  // Close, unlike Minimize, forgets the talk. Without this script there is nothing to forget.
  if (close) close.hidden = false;
  close?.addEventListener("click", () => {
    log.replaceChildren(log.firstElementChild);
    closeTru();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && tru?.open && tru.contains(document.activeElement)) closeTru();
  });

  // On a phone the open panel covers what its links to this page lead to.
  tru?.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) tru.open = false;
  });

  // An answered question leaves the field; one that failed stays in it.
  document.addEventListener("htmx:afterRequest", ({ detail, target }) => {
    if (!target.matches?.(".tru-ask")) return;
    target.querySelector("[role=alert]").hidden = detail.successful;
    if (!detail.successful) return;
    target.reset();
    [...detail.target.querySelectorAll(".msg-me")].at(-1)?.scrollIntoView();
  });

  // A toast goes 10 s after it came or focus has left it, never while focus is inside.
  const toasts = document.getElementById("toasts");
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

  // Nothing has the focus unseen: the open filters of a phone close when it leaves them, and the
  // open panel of Tru AI when it covers what has the focus now.
  function covered(element) {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return tru.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  }

  document.addEventListener("focusin", ({ target }) => {
    const drawer = document.getElementById("filters");
    if (drawer?.matches("[popover]:popover-open") && !drawer.contains(target)) drawer.hidePopover();
    if (tru?.open && !tru.contains(target)) requestAnimationFrame(() => { // it scrolls there first
      if (covered(document.activeElement) && !tru.contains(document.activeElement)) tru.open = false;
    });
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
