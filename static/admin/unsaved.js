// Asks before someone leaves a page of the desk with changes that are not saved.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#content-main > form[id$='_form']");
  if (!form?.querySelector("[type=submit]")) return;  // only to read
  // After a refusal the form holds what is stored nowhere.
  let changed = Boolean(form.querySelector(".errornote"));
  const note = () => { changed = true; };
  for (const happens of ["input", "change", "formset:added", "formset:removed"])
    form.addEventListener(happens, note);
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", event => {
    if (changed) event.preventDefault();
  });
});
