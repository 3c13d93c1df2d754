// Says five minutes before that a session ends: when no page was opened, which a press mends, and
// when its hours are over, which nothing does.
(() => {
  const { minutes, left, page } = document.currentScript.dataset;
  const warning = 5;
  const last = Date.now() + left * 1000;
  let note, over;

  function wait() {
    const rest = (last - Date.now()) / 60_000;
    const final = rest <= minutes;
    const ends = final ? rest : Number(minutes);
    setTimeout(warn, (ends - warning) * 60_000, Math.min(ends, warning), final);
  }

  function warn(minutes, final) {
    note = document.createElement("div");
    note.className = "desk-idle";
    note.setAttribute("role", "alert");
    const told = Math.ceil(minutes);
    note.append(`You will be signed out in ${told} minute${told === 1 ? "" : "s"}. `);
    note.append(final ? "A sign-in lasts 12 hours. Save what you wrote, then sign in again." : stay());
    document.body.append(note);
    over = setTimeout(end, minutes * 60_000);
  }

  function stay() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Stay signed in";
    button.addEventListener("click", keep);
    return button;
  }

  async function keep() {
    clearTimeout(over);
    const answer = await fetch(page, { method: "HEAD", redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return end();
    note.remove();
    wait();
  }

  function end() {
    note.textContent = "You are signed out. Copy what you wrote here before you go on.";
  }

  wait();
})();
