// Tru AI: the talk stays in its tab until Close; Enter sends. Without this file the form goes to
// its page. It runs before site.js, which hides the storage of the tab from htmx.
(() => {
  const form = document.getElementById("tru-form");
  if (!form) return;
  const log = document.getElementById("tru-log");
  const panel = log.closest("details.tru"); // none on the page of Tru AI
  const question = form.elements.q;
  const failed = form.querySelector("[role=alert]");
  let tab = null; // a browser may refuse it: then the talk goes with the page
  try { tab = window.sessionStorage; } catch { /* as said */ }

  // What is kept: the turns as they are shown, and the last messages, signed. Nothing else.
  function keep() {
    try { tab.setItem("tru", JSON.stringify({ turns: log.innerHTML, talk: form.elements.talk.value })); } catch { /* as said */ }
    show();
  }

  function restore() {
    let kept = null;
    try { kept = JSON.parse(tab.getItem("tru")); } catch { /* as said */ }
    if (!kept) return;
    log.innerHTML = kept.turns;
    form.elements.talk.value = kept.talk;
    window.htmx?.process(log);
  }

  function forget() {
    try { tab.removeItem("tru"); } catch { /* as said */ }
    log.replaceChildren(log.firstElementChild);
    document.getElementById("tru-beside")?.replaceChildren();
    form.elements.talk.value = "";
    form.reset();
    failed.hidden = true;
    show();
  }

  function show() {
    if (!panel) return;
    const answers = log.querySelectorAll(".msg").length;
    const words = panel.querySelector("[data-answers]");
    words.textContent = answers ? ` ${answers} answer${answers > 1 ? "s" : ""}, in this tab` : "";
    words.hidden = !answers;
    panel.nextElementSibling.hidden = !answers;
    if (answers || panel.open) dress();
  }

  // The styles of a talk come with the first opening; no other page waits for them.
  function dress() {
    if (!panel.dataset.css) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = panel.dataset.css;
    document.head.append(link);
    delete panel.dataset.css;
  }

  function minimize() {
    panel.open = false;
    panel.querySelector("summary").focus();
  }

  // A page that shows turns without our help has the newest ones.
  if (log.querySelector(".msg-me")) keep();
  else restore();
  addEventListener("pageshow", (event) => { if (event.persisted) { restore(); show(); } });

  // The newest turn from its card of help on, however long the question above it is.
  const newest = () => {
    const asked = [...log.querySelectorAll(".msg-me")].at(-1);
    return asked?.nextElementSibling?.matches(".crisis") ? asked.nextElementSibling : asked;
  };
  panel?.addEventListener("toggle", () => {
    show();
    if (panel.open) newest()?.scrollIntoView();
  });
  for (const close of document.querySelectorAll("[data-close]")) {
    close.hidden = false;
    close.addEventListener("click", (event) => {
      event.preventDefault();
      forget();
      if (panel) minimize();
      else question.focus();
    });
  }
  show(); // after the loop above: beside the closed panel there is a Close only where there is a talk

  let busy = false, again = false; // Enter while we wait sends what is typed when the answer is there
  document.addEventListener("keydown", (event) => {
    const enter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (enter && event.target === question) {
      event.preventDefault();
      if (busy) again = true;
      else form.requestSubmit(form.querySelector("button"));
    }
    if (event.key === "Escape" && panel?.open && panel.contains(document.activeElement)) minimize();
  });

  // On a phone the open panel covers what its links to this page lead to.
  panel?.addEventListener("click", ({ target }) => {
    if (target.closest("a[href^='#']")) panel.open = false;
  });

  // Nothing has the focus unseen: the panel closes when it covers what has it now.
  function covered(element) {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return panel.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  }

  document.addEventListener("focusin", ({ target }) => {
    if (!panel?.open || panel.contains(target)) return;
    requestAnimationFrame(() => { // it scrolls there first
      const at = document.activeElement;
      if (covered(at) && !panel.contains(at)) panel.open = false;
    });
  });

  // --- one question, or one button of a card ---
  let waiting, skeleton, sent;

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target !== log) return;
    failed.hidden = true;
    busy = true;
    sent = question.value;
    waiting = setTimeout(() => {
      skeleton = document.getElementById("tru-wait").content.firstElementChild.cloneNode(true);
      log.append(skeleton);
      skeleton.scrollIntoView({ block: "nearest" });
    }, 300);
  });

  // What came too often or failed is an answer too, where there is one.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target !== log) return;
    clearTimeout(waiting);
    skeleton?.remove();
    if ([429, 503].includes(detail.xhr.status)) detail.shouldSwap = detail.serverResponse.includes("msg-me");
  });

  // An answered question leaves the field; one that was not, or was typed meanwhile, stays in it.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.target !== log) return;
    clearTimeout(waiting);
    skeleton?.remove();
    const shown = detail.xhr.responseText.includes("msg-me");
    failed.hidden = detail.successful || shown;
    if (detail.successful && detail.elt === form && question.value === sent) form.reset();
    if (shown) newest()?.scrollIntoView();
    busy = false;
    if (again) setTimeout(() => form.requestSubmit(form.querySelector("button")));
    again = false;
  });

  // At once, for who leaves at once; and again when the answer has settled.
  for (const name of ["htmx:afterSwap", "htmx:afterSettle"])
    document.addEventListener(name, ({ target }) => {
      if (log.contains(target) || target === log) keep();
    });
})();
