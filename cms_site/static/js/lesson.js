// A lesson works without this. With it: the line beside the text follows the reader, the place is kept,
// what is written in a task stays on the device, and a principle is acknowledged without losing one's place.

const END = 100;
const EVERY = 2500; // milliseconds between two reports of a position

const post = (form, values, more = {}) => {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", ...more });
};

// What a script could not do, the plain form does: the server then says on its page what is wrong.
const sendPlainly = (form) => {
  const button = form.querySelector("button");
  button.disabled = false;
  form.dataset.plain = "yes";
  form.requestSubmit(button);
};

// --- where the reader is --------------------------------------------------------------------------------------------
function showLeft(left, position) {
  const minutes = Math.ceil((Number(left.dataset.left) * (END - position)) / END);
  left.querySelector("span").textContent = minutes;
  left.hidden = minutes === 0;
}

function followReader(lesson) {
  const left = lesson.querySelector("[data-left]");
  const text = lesson.querySelector("[data-measured]");
  const end = lesson.querySelector("[data-end]");
  const links = [...lesson.querySelectorAll("[data-contents] a")];
  const thread = document.createElement("progress");
  thread.className = "bar thread";
  thread.max = END;
  thread.setAttribute("aria-hidden", "true");
  lesson.append(thread);

  const position = () => {
    const top = text.getBoundingClientRect().top;
    const length = end.getBoundingClientRect().top - top;
    return Math.max(0, Math.min(END, Math.round(((innerHeight - top) / length) * END)));
  };
  const mark = () => {
    const line = innerHeight * 0.4;
    const passed = links.filter((link) => document.getElementById(link.hash.slice(1))?.getBoundingClientRect().top <= line);
    const current = passed.at(-1);
    for (const link of links) {
      link.classList.toggle("read", passed.includes(link));
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    thread.value = position();
    if (left) showLeft(left, thread.value);
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
  return position;
}

// --- the furthest place is kept -------------------------------------------------------------------------------------
function keepPlace(form, position) {
  let kept = Number(form.dataset.position);
  let furthest = kept;
  let timer = 0;
  let finished = !form.querySelector("button");

  const show = (answer) => {
    if (!answer.sentence || finished) return;
    finished = true;
    form.querySelector("[data-finished]").textContent = answer.sentence;
    form.querySelector("button").remove();
  };
  const report = async (more = {}) => {
    clearTimeout(timer);
    timer = 0;
    if (finished || furthest <= kept) return;
    const sent = furthest;
    try {
      const response = await post(form, { position: sent }, more);
      if (!response.ok) return;
      kept = Math.max(kept, sent);
      show(await response.json());
    } catch { /* the network is away; the next report says the same */ }
  };
  const notice = () => {
    furthest = Math.max(furthest, position());
    if (furthest === END) report();
    else if (!timer) timer = setTimeout(report, EVERY);
  };
  addEventListener("scroll", notice, { passive: true });
  addEventListener("pagehide", () => report({ keepalive: true }));
  document.addEventListener("visibilitychange", () => document.hidden && report({ keepalive: true }));
  form.addEventListener("submit", async (event) => {
    if (form.dataset.plain) return;
    event.preventDefault();
    try {
      const response = await post(form, { finished: 1 });
      if (response.ok) show(await response.json());
      else sendPlainly(form);
    } catch {
      sendPlainly(form);
    }
  });
}

function offerPlace(lesson) {
  const offer = lesson.querySelector("[data-resume]");
  if (!offer) return;
  const text = lesson.querySelector("[data-measured]");
  const end = lesson.querySelector("[data-end]");
  const top = text.getBoundingClientRect().top;
  const reached = top + ((end.getBoundingClientRect().top - top) * Number(offer.dataset.resume)) / END - innerHeight / 2;
  const blocks = [...text.children].filter((block) => block.id && block !== end);
  const target = blocks.findLast((block) => block.getBoundingClientRect().top <= reached);
  if (!target || target.getBoundingClientRect().top < innerHeight) return;
  const link = offer.querySelector("a");
  link.hash = target.id;
  link.addEventListener("click", () => target.classList.add("here"));
  offer.hidden = false;
}

// --- a task's words stay on this device -----------------------------------------------------------------------------
function keepWords(lesson) {
  for (const area of lesson.querySelectorAll("[data-try]")) {
    const key = ["leitlinie", lesson.dataset.reader, lesson.dataset.lesson, area.dataset.try].join(".");
    try {
      area.value = localStorage.getItem(key) ?? "";
      area.addEventListener("input", () => {
        if (area.value) localStorage.setItem(key, area.value);
        else localStorage.removeItem(key);
      });
    } catch { /* a browser without storage: the words live as long as the page */ }
  }
}

// --- a principle ----------------------------------------------------------------------------------------------------
function acknowledge(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.plain) return;
    event.preventDefault();
    form.querySelector("button").disabled = true;
    try {
      const response = await post(form, {});
      if (!response.ok) return sendPlainly(form);
      const said = document.createElement("p");
      said.className = "known";
      said.setAttribute("role", "status");
      said.tabIndex = -1;
      said.textContent = (await response.json()).sentence;
      form.replaceWith(said);
      said.focus({ preventScroll: true });
    } catch {
      sendPlainly(form);
    }
  });
}

const lesson = document.querySelector("[data-lesson]");
if (lesson) {
  offerPlace(lesson);
  keepWords(lesson);
  const position = followReader(lesson);
  const form = lesson.querySelector("[data-reading]");
  if (form) keepPlace(form, position);
}
document.querySelectorAll("[data-acknowledge]").forEach(acknowledge);
addEventListener("beforeprint", () => document.querySelectorAll(".lesson details").forEach((details) => { details.open = true; }));
