// “Use where I am”: asked for only on a press, rounded before it leaves the browser.
(() => {
  const reveal = () => {
    if (!navigator.geolocation) return;
    for (const button of document.querySelectorAll("[data-near-me]")) button.hidden = false;
  };

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

  document.addEventListener("htmx:afterSettle", reveal);
  reveal();
})();
