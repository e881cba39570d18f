const KEY = 'carillon-transport';

/**
 * Remembers until when WebSocket is not worth a try, for each address: in `sessionStorage` where there is one, so that
 * the next page of the same tab knows, and in this module.
 */
export class Memory {
  #until = new Map();
  #storage;
  #now;

  constructor({ storage = sessionStorageOrNone(), now = Date.now } = {}) {
    this.#storage = storage;
    this.#now = now;
  }

  /** Whether WebSocket has failed lately. */
  isBlocked(url) {
    return this.blockedFor(url) > 0;
  }

  /** How many milliseconds are left until the next try. */
  blockedFor(url) {
    return Math.max(0, (this.#until.get(url) ?? this.#stored()[url] ?? 0) - this.#now());
  }

  block(url, milliseconds) {
    this.#until.set(url, this.#now() + milliseconds);
    this.#store({ ...this.#stored(), [url]: this.#now() + milliseconds });
  }

  unblock(url) {
    if (this.blockedFor(url) === 0 && !this.#until.has(url)) {
      return;
    }
    this.#until.delete(url);
    const stored = this.#stored();
    delete stored[url];
    this.#store(stored);
  }

  #stored() {
    try {
      const stored = JSON.parse(this.#storage?.getItem(KEY) ?? '{}');
      return typeof stored === 'object' && stored !== null ? stored : {};
    } catch {
      return {};
    }
  }

  #store(value) {
    try {
      this.#storage?.setItem(KEY, JSON.stringify(value));
    } catch {
      // Full, or switched off: the module still remembers.
    }
  }
}

/** Pages whose storage is switched off throw when they ask for it. */
function sessionStorageOrNone() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
