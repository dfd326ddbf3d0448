/* A sitting with script: changes are saved as they are made, and the page says so. Without script the form does it. */

import { Clock } from "./clock.js";
import { listenToKeys } from "./keys.js";
import { csrfToken, openStore, Outbox } from "./outbox.js";

const form = document.querySelector("form[data-sitting]");
const status = document.querySelector(".saved");

function timeOf(instant) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Date(instant).toLocaleTimeString(document.documentElement.lang, options);
}

/* --- what the person sees ------------------------------------------------------------------------------------------ */

let waitingFor = null; // the button pressed while the connection was gone
let savedAt = null; // by this page; until then the server's own words stand
const atFirst = status?.textContent;

function sentenceOf(state) {
  const said = status.dataset;
  const unsent = state.unsent === 1 ? said.one : said.many.replace("{n}", state.unsent);
  if (state.name === "saved" && !state.unsent) return savedAt ? said.saved.replace("{time}", timeOf(savedAt)) : atFirst;
  if (state.name === "saved") return unsent;
  if (state.name === "sending") return state.unsent ? unsent : null;
  if (state.name === "offline") return waitingFor ? said.waiting : said.offline;
  if (state.name === "login") return said.login;
  return state.sentence ?? said.closed;
}

function show(state) {
  const waited = ["login", "offline"].includes(status.dataset.state);
  const nowSafe = state.name === "saved" && waited; // another tab may have sent what waited here
  savedAt = state.savedAt ?? (nowSafe ? Date.now() : savedAt);
  const sentence = sentenceOf(state);
  if (sentence !== null && status.textContent !== sentence) status.textContent = sentence;
  status.dataset.state = state.name;
  const hide = (selector, hidden) => (document.querySelector(selector).hidden = hidden);
  hide("[data-sign-in]", state.name !== "login");
  hide("[data-to-result]", state.name !== "closed");
}

/* --- the answers on the page --------------------------------------------------------------------------------------- */

const questionOf = (position) => form.querySelector(`.question[data-position="${position}"]`);

function fieldsOf(question) {
  const fields = {};
  for (const input of question.querySelectorAll(".options input")) {
    const name = input.name.split("-")[1];
    fields[name] ??= [];
    if (input.checked) fields[name].push(input.value);
  }
  return fields;
}

/* Questions answered before this script was there to hear it. */
function chosenEarly() {
  const changed = (question) => [...question.querySelectorAll(".options input")].some((i) => i.checked !== i.defaultChecked);
  return [...form.querySelectorAll(".question[data-position]")].filter(changed);
}

function restore(items) {
  for (const { position, fields } of items) {
    for (const input of questionOf(position)?.querySelectorAll(".options input") ?? []) {
      input.checked = (fields[input.name.split("-")[1]] ?? []).includes(input.value);
    }
  }
}

/* The best cannot be the worst as well: the newer choice stands. */
function keepApart(input) {
  const [position, name] = input.name.split("-");
  if (!input.checked || !["best", "worst"].includes(name)) return;
  const other = `${position}-${name === "best" ? "worst" : "best"}`;
  const same = form.querySelector(`input[name="${other}"][value="${CSS.escape(input.value)}"]`);
  if (same) same.checked = false;
}

function noteSeen(receipts) {
  for (const { position, server_seq } of receipts) {
    const seen = form.querySelector(`input[name="q${position}-seen"]`);
    if (seen) seen.value = Math.max(Number(seen.value), server_seq);
  }
}

/* --- going on ------------------------------------------------------------------------------------------------------ */

let free = false; // everything is sent: the form may go

function go(button) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  token.value = csrfToken(); // a fresh one, if somebody signed in again in another tab
  free = true;
  form.requestSubmit(button === true ? null : button);
}

async function goOnce(outbox) {
  if (!waitingFor || !(await outbox.reach())) return;
  const button = waitingFor;
  waitingFor = null;
  if (button) go(button);
}

function guard(outbox) {
  form.addEventListener("submit", (event) => {
    if (free) return;
    event.preventDefault();
    waitingFor = event.submitter ?? true;
    goOnce(outbox);
  });
}

async function flag(button, url) {
  const [position, on] = button.value.split(":");
  const body = new URLSearchParams({ position, flagged: on, csrfmiddlewaretoken: csrfToken() });
  const response = await fetch(url, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
  if (response.status !== 204) throw new Error("not noted");
  button.value = `${position}:${on === "1" ? 0 : 1}`;
  button.setAttribute("aria-pressed", String(on === "1"));
  document.querySelector(`.ticks .flag[data-position="${position}"]`).classList.toggle("on", on === "1");
}

function noteInPlace(outbox) {
  for (const button of form.querySelectorAll("[data-flag]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      flag(button, form.dataset.flagUrl).catch(() => {
        waitingFor = button; // by the form, once the connection is back
        goOnce(outbox);
      });
    });
  }
}

/* --- the page ------------------------------------------------------------------------------------------------------ */

async function sit() {
  let clock = null;
  const outbox = new Outbox({
    attempt: form.dataset.attempt,
    url: form.dataset.save,
    store: await openStore(),
    onState: (state) => {
      show(state);
      if (state.name === "saved" && !state.unsent && waitingFor) setTimeout(() => goOnce(outbox));
    },
    onSaved: noteSeen,
    onSeconds: (seconds) => clock?.set(seconds),
  });
  guard(outbox);
  noteInPlace(outbox);
  if (form.querySelector("[data-default]")) listenToKeys(form, document.querySelector(".keys"));
  const left = document.querySelector(".clock");
  if (left) clock = new Clock(left, () => outbox.flush().finally(() => location.assign(form.dataset.over)));
  form.addEventListener("change", ({ target }) => {
    const question = target.closest(".question[data-position]");
    if (!question) return;
    keepApart(target);
    if ("autosave" in form.dataset) keep(outbox, question);
  });
  await sendWhatWaited(outbox, "autosave" in form.dataset ? chosenEarly() : []);
}

const keep = (outbox, question) => outbox.put(Number(question.dataset.position), fieldsOf(question));

/* What was chosen before anybody listened, and answers of an earlier visit that had not been sent: shown again, and sent. */
async function sendWhatWaited(outbox, early) {
  for (const question of early) await keep(outbox, question);
  const items = await outbox.load();
  if (!items.length) return;
  restore(items);
  const sent = await outbox.flush();
  if (sent && !("autosave" in form.dataset)) location.reload(); // the overview counts them now
}

async function tellWhatStayedBehind(attempt) {
  const store = await openStore();
  const items = await store.all(attempt.dataset.handedIn);
  if (!items.length) return;
  attempt.querySelector("[data-left-behind]").hidden = false;
  await store.clear(attempt.dataset.handedIn);
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
const handedIn = document.querySelector("[data-handed-in]");
if (form) sit();
if (handedIn) tellWhatStayedBehind(handedIn);
