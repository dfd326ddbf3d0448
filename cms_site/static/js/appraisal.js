/* The sheet works without this: it adds a print button, and asks before unsaved words are left behind. */
const form = document.querySelector("[data-words]");

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

if (form) {
  const words = [...form.querySelectorAll("textarea")];
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && words.some((field) => field.value !== field.defaultValue)) event.preventDefault();
  });
}
