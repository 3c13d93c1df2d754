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

  // Leave site: Back does not lead straight back here.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-leave]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(link.href);
  });
})();
