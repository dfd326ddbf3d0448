/* The sheet works without this. It adds a print button, keeps typed words in this tab until they are saved (a login that ran
   out must not cost a text), and asks before unsaved words are left behind. */
const form = document.querySelector("[data-words]");
const fields = form ? [...form.querySelectorAll("textarea")] : [];
const key = (field) => `${location.pathname.replace(/(write|freeze|sign)\/$/, "")}#${field.name}`;
const differs = (field, text) => text.trim() !== field.defaultValue.trim();
let sending = false;

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const field of fields) {
  const kept = sessionStorage.getItem(key(field));
  if (kept !== null && differs(field, kept)) {
    field.value = kept;
    form.querySelector("[data-restored]").hidden = false;
  } else {
    sessionStorage.removeItem(key(field));
  }
  field.addEventListener("input", () => sessionStorage.setItem(key(field), field.value));
}

form?.addEventListener("submit", () => { sending = true; });
window.addEventListener("pageshow", () => { sending = false; });
window.addEventListener("beforeunload", (event) => {
  if (!sending && fields.some((field) => differs(field, field.value))) event.preventDefault();
});
