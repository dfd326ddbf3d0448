/* The outbox: every change is kept on the device first and leaves it only when the server has named its key.
   One sender for all tabs of an attempt, in order, with backoff. It knows nothing of the page. */

const BATCH = 20;
const PATIENCE = 10_000; // ms for one request
const SLOWEST = 30_000; // ms between two tries
const LAST_WORDS = 50; // what one request may carry; the rest is sent when the page is opened again

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

class IndexedStore {
  static async open() {
    const request = indexedDB.open("leitlinie", 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
      store.createIndex("attempt", "attempt");
    };
    return new IndexedStore(await settled(request));
  }

  constructor(database) {
    this.database = database;
  }

  run(mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction("outbox", mode, { durability: "strict" });
      const result = work(transaction.objectStore("outbox"));
      transaction.oncomplete = () => resolve(result.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  add(item) {
    return this.run("readwrite", (store) => store.add(item));
  }

  all(attempt) {
    return this.run("readonly", (store) => store.index("attempt").getAll(attempt));
  }

  async each(attempt, change) {
    const items = await this.all(attempt);
    return this.run("readwrite", (store) => {
      for (const item of items) change(store, item);
      return {};
    });
  }

  remove(attempt, keys) {
    return this.each(attempt, (store, item) => keys.has(item.key) && store.delete(item.n));
  }

  refuse(attempt, key) {
    return this.each(attempt, (store, item) => item.key === key && store.put({ ...item, refused: true }));
  }

  clear(attempt) {
    return this.each(attempt, (store, item) => store.delete(item.n));
  }
}

/* Where IndexedDB is switched off. Where even this is, the answers live as long as the page. */
class PlainStore {
  constructor() {
    this.memory = {};
  }

  read(attempt) {
    try {
      return JSON.parse(localStorage.getItem(`outbox:${attempt}`)) ?? [];
    } catch {
      return this.memory[attempt] ?? [];
    }
  }

  write(attempt, items) {
    this.memory[attempt] = items;
    try {
      if (items.length) localStorage.setItem(`outbox:${attempt}`, JSON.stringify(items));
      else localStorage.removeItem(`outbox:${attempt}`);
    } catch {
      // kept in memory
    }
  }

  async add(item) {
    this.write(item.attempt, [...this.read(item.attempt), item]);
  }

  async all(attempt) {
    return this.read(attempt);
  }

  async remove(attempt, keys) {
    this.write(attempt, this.read(attempt).filter((item) => !keys.has(item.key)));
  }

  async refuse(attempt, key) {
    this.write(attempt, this.read(attempt).map((item) => (item.key === key ? { ...item, refused: true } : item)));
  }

  async clear(attempt) {
    this.write(attempt, []);
  }
}

export async function openStore() {
  try {
    return await IndexedStore.open();
  } catch {
    return new PlainStore();
  }
}

function csrfToken() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie?.slice("csrftoken=".length) ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export { csrfToken };

const wire = ({ key, position, fields }) => ({ key, position, fields });

export class Outbox {
  /* ``onState({name, unsent, savedAt, sentence})`` with name: saved, sending, offline, login, closed, refused;
     ``onSaved(receipts)``, ``onSeconds(n)``. */
  constructor({ attempt, url, store, onState, onSaved, onSeconds }) {
    Object.assign(this, { attempt, url, store, onState, onSaved, onSeconds });
    this.unsent = []; // what this tab knows to be on its way, for the moment the page goes away
    this.writing = new Set(); // of these, what the store does not have yet
    this.tries = 0;
    this.reached = 0; // requests the server answered well
    this.again = false;
    const now = () => this.needed() && this.reach();
    addEventListener("online", now);
    addEventListener("focus", now);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : now()));
    addEventListener("pagehide", () => this.leave());
  }

  needed() {
    return this.unsent.length || this.tries;
  }

  async load() {
    const stored = (await this.store.all(this.attempt)).filter((item) => !item.refused);
    this.unsent = [...stored, ...this.writing];
    return stored;
  }

  async put(position, fields) {
    const item = { attempt: this.attempt, key: newKey(), position, fields, at: Date.now() };
    this.unsent.push(item);
    this.writing.add(item);
    await this.store.add(item);
    this.writing.delete(item);
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.flush(), 200); // arrow keys walk through a group: one request for a walk
  }

  /* Send what is there. True when nothing is left to send. */
  flush() {
    this.again = true;
    clearTimeout(this.soon);
    this.running ??= this.alone(() => this.drain()).finally(() => (this.running = null));
    return this.running;
  }

  /* True when everything is sent and the server has answered just now. */
  async reach() {
    const before = this.reached;
    if (!(await this.flush())) return false;
    return this.reached > before || this.settle(await this.post([]), []);
  }

  alone(work) {
    return navigator.locks ? navigator.locks.request(`outbox-${this.attempt}`, work) : work();
  }

  async drain() {
    let size = BATCH;
    while (this.again) {
      this.again = false;
      for (;;) {
        const items = (await this.load()).slice(0, size);
        if (!items.length) break;
        const answer = await this.post(items);
        if (answer.name === "refused" && items.length > 1) size = 1;
        else if (!(await this.settle(answer, items))) return false;
      }
    }
    return true;
  }

  /* One request. What it came to: saved, offline, login, closed or refused. */
  async post(items) {
    const slow = setTimeout(() => this.tell("sending"), 600);
    try {
      const response = await fetch(this.url, this.request(items, { signal: AbortSignal.timeout(PATIENCE) }));
      if (response.type === "opaqueredirect" || [401, 403, 404].includes(response.status)) return { name: "login" };
      if (response.status >= 500 || [408, 425, 429].includes(response.status)) return { name: "offline" };
      const body = await response.json();
      if (response.ok) return { name: "saved", ...body };
      return { name: response.status === 409 ? "closed" : "refused", sentence: body.error };
    } catch {
      return { name: "offline" };
    } finally {
      clearTimeout(slow);
    }
  }

  request(items, more) {
    return {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ answers: items.map(wire) }),
      ...more,
    };
  }

  /* What follows from an answer. True when the sender may go on. */
  async settle(answer, items) {
    if (answer.name === "saved") {
      const named = new Set(answer.saved.map((receipt) => receipt.key));
      await this.store.remove(this.attempt, named);
      this.unsent = this.unsent.filter((item) => !named.has(item.key));
      this.tries = 0;
      this.reached += 1;
      this.onSaved(answer.saved);
      this.onSeconds(answer.seconds_left);
      if (!items.every((item) => named.has(item.key))) return this.later("offline");
      this.tell("saved", { savedAt: answer.saved.at(-1)?.received_at });
      return true;
    }
    if (answer.name === "refused" && items.length) {
      await this.store.refuse(this.attempt, items[0].key);
      this.unsent = this.unsent.filter((item) => item.key !== items[0].key);
      this.tell("refused", { sentence: answer.sentence });
      return true;
    }
    if (answer.name === "closed") {
      this.tell("closed", { sentence: answer.sentence });
      return false;
    }
    return this.later(answer.name);
  }

  later(name) {
    this.tries += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.reach(), Math.min(SLOWEST, 1000 * 2 ** Math.min(this.tries - 1, 5)));
    this.tell(name);
    return false;
  }

  tell(name, more = {}) {
    this.onState({ name, unsent: this.unsent.length, ...more });
  }

  /* The page goes away: hand what is left to the browser. It stays in the store until the server has named it. */
  leave() {
    if (!this.unsent.length) return;
    fetch(this.url, this.request(this.unsent.slice(-LAST_WORDS), { keepalive: true })).catch(() => {});
  }
}
