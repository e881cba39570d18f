import { longPollAddress } from './addresses.js';
import { CLOSED, CLOSING, CONNECTING, OPEN, SocketEvents } from './socket-events.js';
import { Unclosed } from './unclosed.js';

/** The largest frame that the server takes, in bytes. */
const MAX_FRAME = 32 * 1024;

/** A request is given up after this, in milliseconds; the server holds none. */
const REQUEST_TIMEOUT = 10_000;

/** So many polls in a row may fail before the connection counts as lost. */
const MAX_FAILURES = 4;

/** The first wait after a frame was sent: what answers it is on its way. */
const SOON = 100;

const GOING_AWAY = 1001;
const LOST = 1006;
const TOO_LARGE = 1009;

const unclosed = new Unclosed();

/**
 * A connection that looks like a WebSocket and is made of plain requests, none of which the server holds. Frames go out
 * one request after another, so they keep their order; a frame whose answer is lost ends the connection, because
 * nobody knows whether it arrived. Polls may fail a few times: the server repeats what has not been acknowledged.
 */
export class LongPollSocket extends SocketEvents {
  static CONNECTING = CONNECTING;
  static OPEN = OPEN;
  static CLOSING = CLOSING;
  static CLOSED = CLOSED;

  readyState = CONNECTING;
  protocol = '';
  extensions = '';
  binaryType = 'blob';
  #fetch;
  #waiting = [];
  #session = '';
  #ack = 0;
  #min = 500;
  #max = 5000;
  #next = 0;
  #failures = 0;
  #wake = () => {};

  /**
   * @param url the address that ends with `/connection/long_poll`, or that of a WebSocket that has long-poll beside it
   * @param options `fetch` in place of the global one
   */
  constructor(url, { fetch = globalThis.fetch } = {}) {
    super();
    this.url = longPollAddress(url);
    // Browsers refuse to call it as a method of anything else.
    this.#fetch = (...request) => fetch(...request);
    this.#run();
  }

  get bufferedAmount() {
    return this.#waiting.reduce((sum, frame) => sum + frame.length, 0);
  }

  /** Sends one frame of text. */
  send(frame) {
    if (this.readyState === CONNECTING) {
      throw new Error('carillon-transport: wait for onopen before sending');
    }
    if (this.readyState !== OPEN) {
      return;
    }
    if (typeof frame !== 'string') {
      throw new TypeError('carillon-transport: long-poll carries text only; use the JSON protocol of centrifuge');
    }
    if (byteLength(frame) > MAX_FRAME) {
      this.#end(TOO_LARGE, 'Frame larger than 32 KB');
      return;
    }
    this.#waiting.push(frame);
    this.#wake();
  }

  /** Closes the connection; the server is told, but not waited for. */
  close(code = 1000, reason = '') {
    if (this.readyState === CLOSING || this.readyState === CLOSED) {
      return;
    }
    this.readyState = CLOSING;
    this.#leave();
    this.#wake();
    queueMicrotask(() => this.#end(code, reason, true));
  }

  async #run() {
    try {
      await this.#open();
      while (this.readyState === OPEN) {
        await this.#exchange();
        if (this.readyState === OPEN && this.#waiting.length === 0) {
          await this.#pause(this.#next);
        }
      }
    } catch (problem) {
      if (this.readyState === CONNECTING || this.readyState === OPEN) {
        const code = problem instanceof Refused ? problem.closeCode : LOST;
        this.emit('error', { type: 'error', error: problem, message: problem.message });
        this.#end(code, problem.message);
      }
    }
  }

  async #open() {
    const { session, minInterval, maxInterval } = await this.#post('open', {});
    // The network may have been gone when they were to be closed; others would see their user twice.
    unclosed.all(this.url).forEach(old => this.#closeSession(old));
    this.#session = session;
    this.#min = minInterval;
    this.#max = maxInterval;
    if (this.readyState !== CONNECTING) {
      this.#leave();
      return;
    }
    this.readyState = OPEN;
    // Whatever happens in the handler must not be taken for a failure of the connection.
    await isolated(() => this.emit('open', { type: 'open' }));
    if (this.#waiting.length === 0) {
      await this.#pause(this.#min);
    }
  }

  /** Sends what waits, or else looks whether something has come. */
  async #exchange() {
    const frame = this.#frame();
    if (frame === '') {
      await this.#poll();
      return;
    }
    await this.#take(await this.#post('send', { frame }));
    this.#next = Math.min(SOON, this.#max);
  }

  /** Joins frames into one request, as long as they fit: the protocol's frames are lines. */
  #frame() {
    let frame = '';
    let size = 0;
    while (this.#waiting.length > 0) {
      const next = this.#waiting[0];
      const bytes = byteLength(next);
      if (frame !== '' && size + 1 + bytes > MAX_FRAME) {
        break;
      }
      frame = frame === '' ? next : `${frame}\n${next}`;
      size += bytes + 1;
      this.#waiting.shift();
    }
    return frame;
  }

  async #poll() {
    let answer;
    try {
      answer = await this.#post('poll', {});
    } catch (problem) {
      this.#failures += 1;
      if ((problem instanceof Refused && !problem.passing) || this.#failures >= MAX_FAILURES) {
        throw problem;
      }
      this.#next = Math.min(this.#min * 2 ** this.#failures, this.#max);
      return;
    }
    this.#failures = 0;
    const brought = await this.#take(answer);
    this.#next = brought ? this.#min : Math.min(Math.max(this.#next, SOON) * 2, this.#max);
  }

  /** Hands on what an answer brings, each message once; says whether there was any. */
  async #take({ reply = '', first = 0, messages = [], closed = false }) {
    const fresh = messages.slice(Math.max(0, this.#ack + 1 - first));
    this.#ack = Math.max(this.#ack, first + messages.length - 1);
    // As one frame, which the protocol allows: the library gets through one frame after another, but is not meant to get
    // the next before the event of the last is over.
    const data = [reply, ...fresh].filter(frame => frame !== '').join('\n');
    if (data !== '' && this.readyState === OPEN) {
      await isolated(() => this.emit('message', { type: 'message', data }));
    }
    if (closed && this.readyState === OPEN) {
      this.#end(1000, 'Connection Closed Normally', true);
    }
    return messages.length > 0;
  }

  async #post(action, body) {
    // A plain body of text needs no preflight, which would double the requests across origins.
    const response = await this.#fetch(`${this.url}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: JSON.stringify({ session: this.#session, ack: this.#ack, ...body }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      keepalive: action === 'close',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    });
    if (!response.ok) {
      throw new Refused(action, response.status);
    }
    return response.json();
  }

  #leave() {
    if (this.#session !== '') {
      this.#closeSession(this.#session);
      this.#session = '';
    }
  }

  #closeSession(session) {
    unclosed.add(this.url, session);
    this.#post('close', { session }).then(
      () => unclosed.remove(this.url, session),
      problem => problem instanceof Refused && !problem.passing && unclosed.remove(this.url, session),
    );
  }

  #end(code, reason, wasClean = false) {
    if (this.readyState === CLOSED) {
      return;
    }
    if (!wasClean) {
      this.#leave();
    }
    this.readyState = CLOSED;
    this.#waiting = [];
    this.#wake();
    this.emit('close', { type: 'close', code, reason, wasClean });
  }

  /** Waits, but no longer than until a frame is to be sent or the socket is closed. */
  #pause(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

class Refused extends Error {
  constructor(action, status) {
    super(`carillon-transport: ${action} was answered with status ${status}`);
    this.status = status;
  }

  /** Whether the same request may succeed a little later. */
  get passing() {
    return this.status === 429 || this.status >= 500;
  }

  get closeCode() {
    switch (this.status) {
      case 410:
        return GOING_AWAY;
      case 413:
        return TOO_LARGE;
      default:
        return LOST;
    }
  }
}

/** Reports what a handler throws as a browser does, and goes on. */
async function isolated(handler) {
  try {
    handler();
  } catch (problem) {
    queueMicrotask(() => {
      throw problem;
    });
  }
  // Lets what the handler began with promises come to its end, as it does between two events of a WebSocket.
  await new Promise(resolve => setTimeout(resolve));
}

function byteLength(text) {
  return text.length > MAX_FRAME ? text.length : new TextEncoder().encode(text).length;
}
