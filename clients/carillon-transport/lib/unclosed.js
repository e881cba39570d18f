/** So many are kept for an address; the server lets older ones go by itself. */
const MOST = 8;

/** Remembers sessions that the server has not confirmed to be closed, by the address of long-poll. */
export class Unclosed {
  #sessions = new Map();

  add(url, session) {
    const sessions = new Set(this.#sessions.get(url)).add(session);
    this.#sessions.set(url, new Set([...sessions].slice(-MOST)));
  }

  remove(url, session) {
    const sessions = this.#sessions.get(url);
    sessions?.delete(session);
    if (sessions?.size === 0) {
      this.#sessions.delete(url);
    }
  }

  all(url) {
    return [...(this.#sessions.get(url) ?? [])];
  }
}
