/* Keys of a sitting: 1–9 choose, Shift+1–9 the worst in a situation, Enter goes on. Single keys can be switched off. */

const SETTING = "leitlinie-keys";

function switchedOn() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // for this page then
  }
}

const answered = (question) => question.querySelector(".options input:checked");

function questionAtHand(form) {
  const questions = [...form.querySelectorAll(".question[data-position]")];
  return (
    questions.find((question) => question.contains(document.activeElement)) ??
    questions.find((question) => !answered(question)) ??
    questions[0]
  );
}

function choose(form, number, shifted) {
  const question = questionAtHand(form);
  if (!question) return false;
  const options = question.querySelectorAll(".choice, .pick");
  const name = shifted ? "worst" : "best";
  const selector = question.dataset.kind === "situational" ? `input[name$="-${name}"]` : "input";
  const input = options[number - 1]?.querySelector(selector);
  input?.focus();
  input?.click();
  return Boolean(input);
}

const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

export function listenToKeys(form, disclosure) {
  const box = disclosure?.querySelector("[data-keys]");
  let on = switchedOn();
  if (box) {
    disclosure.hidden = false;
    disclosure.addEventListener("toggle", () => (box.parentElement.hidden = !disclosure.open));
    box.checked = on;
    box.addEventListener("change", () => remember((on = box.checked)));
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest(TYPING)) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (digit && on && choose(form, Number(digit), event.shiftKey)) event.preventDefault();
    if (event.key === "Enter" && !event.target.closest("a, button, summary, [data-keys]")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-default]"));
    }
  });
}
