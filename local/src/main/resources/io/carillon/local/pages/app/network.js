const LOST = 1006;

/**
 * One client's way to the server, which can be cut. The client is given `socketClass` as its WebSocket and `events` as
 * where the browser says that it is offline and online again, so it sees a cut as it sees a lost network: the socket
 * ends with code 1006, nothing that is under way arrives, and no new socket opens until `restore`.
 */
export class Network {
  #sockets = new Set();
  #watchers = [];
  isCut = false;
  events = new EventTarget();
  socketClass = socketClassOf(this);

  constructor() {
    for (const event of ['offline', 'online']) {
      window.addEventListener(event, () => {
        if (!this.isCut) {
          this.events.dispatchEvent(new Event(event));
        }
      });
    }
  }

  /** Calls `watcher` with every frame and event of every socket: `{kind, text, at}`. */
  watch(watcher) {
    this.#watchers.push(watcher);
  }

  cut() {
    if (this.isCut) {
      return;
    }
    this.isCut = true;
    this.events.dispatchEvent(new Event('offline'));
    for (const socket of [...this.#sockets]) {
      socket.lose();
    }
  }

  restore() {
    if (this.isCut) {
      this.isCut = false;
      this.events.dispatchEvent(new Event('online'));
    }
  }

  opened(socket) {
    this.#sockets.add(socket);
  }

  closed(socket) {
    this.#sockets.delete(socket);
  }

  report(kind, text) {
    const frame = { kind, text, at: new Date() };
    this.#watchers.forEach(watcher => watcher(frame));
  }
}

/** Makes the WebSocket constructor for one network. It has what the client library uses of a WebSocket. */
function socketClassOf(network) {
  return class LineSocket {
    onopen = null;
    onmessage = null;
    onerror = null;
    onclose = null;
    #real = null;
    #ended = false;

    constructor(url, protocols) {
      if (network.isCut) {
        setTimeout(() => this.lose());
        return;
      }
      this.#real = protocols === undefined ? new WebSocket(url) : new WebSocket(url, protocols);
      network.opened(this);
      this.#real.onopen = event => this.#pass('open', url, () => this.onopen?.(event));
      this.#real.onmessage = event => this.#pass('received', event.data, () => this.onmessage?.(event));
      this.#real.onerror = event => this.onerror?.(event);
      this.#real.onclose = event => this.#end(event);
    }

    get readyState() {
      return this.#ended ? WebSocket.CLOSED : (this.#real?.readyState ?? WebSocket.CONNECTING);
    }

    send(data) {
      network.report('sent', data);
      this.#real.send(data);
    }

    close(code, reason) {
      if (this.#real === null) {
        this.#ended = true;
      } else {
        this.#real.close(...[code, reason].filter(argument => argument !== undefined));
      }
    }

    /** Ends at once, without a word from the other side. */
    lose() {
      if (this.#real !== null) {
        this.#real.onopen = this.#real.onmessage = this.#real.onerror = this.#real.onclose = null;
        this.#real.close();
      }
      if (!this.#ended) {
        this.onerror?.(new Event('error'));
        this.#end(new CloseEvent('close', { code: LOST, wasClean: false }));
      }
    }

    #pass(kind, text, handler) {
      network.report(kind, text);
      handler();
    }

    #end(event) {
      this.#ended = true;
      network.closed(this);
      if (this.#real !== null) {
        network.report('closed', `${event.code} ${event.reason}`.trim());
      }
      this.onclose?.(event);
    }
  };
}
