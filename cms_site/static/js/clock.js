/* The time left, only where there is a limit. The server's seconds rule; hiding the clock lasts for the session. */

const HIDDEN = "leitlinie-clock";
const SAID_AT = [300, 60];

export class Clock {
  constructor(element, onOver) {
    this.element = element;
    this.onOver = onOver;
    this.set(Number(element.dataset.seconds));
    element.open = sessionStorage.getItem(HIDDEN) !== "hidden";
    element.addEventListener("toggle", () => sessionStorage.setItem(HIDDEN, element.open ? "shown" : "hidden"));
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  set(seconds) {
    if (seconds === null || seconds === undefined) return;
    this.end = performance.now() + seconds * 1000;
  }

  sentence(minutes) {
    const said = minutes === 1 ? this.element.dataset.last : this.element.dataset.left;
    return said.replace("{n}", minutes);
  }

  tick() {
    const left = Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
    const seconds = String(left % 60).padStart(2, "0");
    this.element.querySelector("[data-clock]").textContent = `${Math.floor(left / 60)}:${seconds}`;
    if (SAID_AT.includes(left)) this.element.querySelector("[data-announce]").textContent = this.sentence(left / 60);
    if (left > 0) return;
    clearInterval(this.timer);
    this.onOver();
  }
}
