import { longPollAddress } from './addresses.js';
import { LongPollSocket } from './long-poll-socket.js';
import { Memory } from './memory.js';
import { CLOSED, CLOSING, CONNECTING, OPEN, SocketEvents } from './socket-events.js';

const shared = new Memory();

/** How long to go straight to long-poll while it is not known yet whether that works, in milliseconds. */
const MEANWHILE = 30_000;

/** Is answered with a disconnect push at the most, so it shows whether frames go both ways. */
const PROBE = '{"id":1,"ping":{}}';

/** Codes between 4000 and 4999 are the server's own: it was reached. */
const MEANT_BY_SERVER = 4000;

/**
 * Makes a class to give to `centrifuge` as its `websocket` option. Its sockets try WebSocket first; where that does not
 * open in time, or opens and lets nothing through, they use long-poll, and all later ones too until `retryAfter` is over.
 * See index.d.ts for the options.
 */
export function fallbackSocket({
  longPoll,
  WebSocket = globalThis.WebSocket,
  fetch = globalThis.fetch,
  patience = 2500,
  retryAfter = 600_000,
  memory = shared,
  onTransport = () => {},
} = {}) {
  return class FallbackSocket extends SocketEvents {
    static CONNECTING = CONNECTING;
    static OPEN = OPEN;
    static CLOSING = CLOSING;
    static CLOSED = CLOSED;

    readyState = CONNECTING;
    /** `'websocket'` or `'long-poll'`: what carries the frames, or is being tried. */
    transport = '';
    #inner = null;
    #timer;
    #hasSent = false;
    #hasReceived = false;

    constructor(url, protocols) {
      super();
      this.url = String(url);
      this.#pollUrl();
      if (!WebSocket || memory.isBlocked(this.url)) {
        this.#poll();
      } else {
        this.#tryWebSocket(protocols);
      }
    }

    get protocol() {
      return this.#inner?.protocol ?? '';
    }

    get bufferedAmount() {
      return this.#inner?.bufferedAmount ?? 0;
    }

    set binaryType(type) {
      if (type === 'arraybuffer') {
        throw new TypeError('carillon-transport: Carillon takes text only; import centrifuge, not its protobuf build');
      }
    }

    get binaryType() {
      return 'blob';
    }

    send(frame) {
      this.#hasSent = true;
      this.#inner.send(frame);
    }

    close(code, reason) {
      if (this.readyState === CLOSING || this.readyState === CLOSED) {
        return;
      }
      // The library has waited for an answer and given up: something on the way holds frames back.
      if (this.transport === 'websocket' && this.#hasSent && !this.#hasReceived) {
        memory.block(this.url, retryAfter);
      }
      clearTimeout(this.#timer);
      this.readyState = CLOSING;
      this.#inner.close(code, reason);
    }

    #tryWebSocket(protocols) {
      let socket;
      try {
        socket = protocols === undefined ? new WebSocket(this.url) : new WebSocket(this.url, protocols);
      } catch {
        this.#fallBack();
        return;
      }
      this.#use(socket, 'websocket');
      this.#timer = setTimeout(() => this.#giveUp(socket), patience);
      socket.onopen = event => {
        clearTimeout(this.#timer);
        this.#opened(event);
      };
      socket.onmessage = event => {
        if (!this.#hasReceived) {
          this.#hasReceived = true;
          memory.unblock(this.url);
        }
        this.emit('message', event);
      };
      socket.onerror = event => {
        if (this.readyState !== CONNECTING) {
          this.emit('error', event);
        }
      };
      socket.onclose = event => {
        if (this.readyState === CONNECTING) {
          this.#giveUp(socket);
          return;
        }
        if (this.readyState === OPEN && this.#hasSent && !this.#hasReceived && event.code < MEANT_BY_SERVER) {
          memory.block(this.url, retryAfter);
        }
        this.#closed(event);
      };
    }

    #giveUp(socket) {
      if (this.readyState !== CONNECTING || this.#inner !== socket) {
        return;
      }
      clearTimeout(this.#timer);
      for (const handler of ['onopen', 'onmessage', 'onerror', 'onclose']) {
        socket[handler] = () => {};
      }
      try {
        socket.close();
      } catch {
        // It was not open, and will not be.
      }
      this.#fallBack();
    }

    #fallBack() {
      // Should the library lose its patience first, its next socket has all of it for long-poll.
      memory.block(this.url, MEANWHILE);
      this.#poll(() => memory.block(this.url, retryAfter));
    }

    #poll(onOpen = () => {}) {
      const socket = new LongPollSocket(this.#pollUrl(), { fetch });
      this.#use(socket, 'long-poll');
      socket.onopen = event => {
        onOpen();
        this.#opened(event);
        this.#probeLater();
      };
      socket.onmessage = event => this.emit('message', event);
      socket.onerror = event => {
        if (this.readyState === CONNECTING) {
          // It is not WebSocket that is in the way, but the network as a whole.
          memory.unblock(this.url);
        }
        this.emit('error', event);
      };
      socket.onclose = event => this.#closed(event);
    }

    #use(socket, transport) {
      this.#inner = socket;
      this.transport = transport;
    }

    #opened(event) {
      this.readyState = OPEN;
      onTransport(this.transport);
      this.emit('open', event);
    }

    #closed(event) {
      clearTimeout(this.#timer);
      if (this.readyState !== CLOSED) {
        this.readyState = CLOSED;
        this.emit('close', event);
      }
    }

    /** Looks now and then whether WebSocket goes by now; if so, the library is made to connect anew, and recovers. */
    #probeLater() {
      if (!WebSocket) {
        return;
      }
      const wait = Math.max(memory.blockedFor(this.url), 1000);
      this.#timer = setTimeout(() => this.#probe(), wait);
      // A process that has nothing else to do may end.
      this.#timer.unref?.();
    }

    #probe() {
      if (this.readyState !== OPEN) {
        return;
      }
      let probe;
      try {
        probe = new WebSocket(this.url);
      } catch {
        memory.block(this.url, retryAfter);
        this.#probeLater();
        return;
      }
      let isDecided = false;
      const decide = goes => {
        if (isDecided) {
          return;
        }
        isDecided = true;
        clearTimeout(this.#timer);
        try {
          probe.close();
        } catch {
          // It was not open.
        }
        if (!goes) {
          memory.block(this.url, retryAfter);
          this.#probeLater();
        } else if (this.readyState === OPEN) {
          memory.unblock(this.url);
          this.#inner.close(1001, 'WebSocket goes again');
        }
      };
      probe.onopen = () => probe.send(PROBE);
      probe.onmessage = () => decide(true);
      probe.onerror = () => decide(false);
      probe.onclose = () => decide(false);
      this.#timer = setTimeout(() => decide(false), patience);
    }

    #pollUrl() {
      return longPollAddress(longPoll || this.url);
    }
  };
}
