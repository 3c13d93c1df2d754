// Says five minutes before that a session ends for want of a page, and keeps it on a press.
(() => {
  const { minutes, page } = document.currentScript.dataset;
  const warning = 5;
  let note, over;

  const wait = () => setTimeout(warn, (minutes - warning) * 60_000);

  function warn() {
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "button";
    stay.textContent = "Stay signed in";
    stay.addEventListener("click", keep);
    note = document.createElement("div");
    note.className = "desk-idle";
    note.setAttribute("role", "alert");
    note.append(`You will be signed out in ${warning} minutes. `, stay);
    document.body.append(note);
    over = setTimeout(end, warning * 60_000);
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
