import { WebSocket } from 'ws';
import { deployment } from './deployment.js';
import { pollClassOf } from './poll-network.js';

/** Nobody listens there, so a client that tries it finds no way to the server. */
const NOWHERE = 'ws://127.0.0.1:1';

/**
 * One client's way to the server. The client is given `socketClass` as its WebSocket; it is not otherwise touched. Keeps
 * every frame as it went over the wire.
 */
export class Network {
  #sockets = new Set();
  #tellSent;
  /** Is kept as the first frame is sent, before anything that it brings about can be received. */
  hasSent = new Promise(resolve => (this.#tellSent = resolve));
  isCut = false;
  sent = [];
  received = [];
  /** The close codes that the client saw, in order. */
  closed = [];
  socketClass = (deployment.transport === 'long-poll' ? pollClassOf : socketClassOf)(this, this.#sockets, frame =>
    this.#note(frame),
  );

  #note(frame) {
    this.sent.push(frame);
    this.#tellSent();
  }

  /** Ends every socket as a lost network does, with no close frame, and lets none through until `restore`. */
  cut() {
    this.isCut = true;
    this.drop();
  }

  /** Ends every socket as a lost network does; the client may connect again at once. */
  drop() {
    this.#sockets.forEach(socket => socket.terminate());
  }

  restore() {
    this.isCut = false;
  }

  /** Lists what was received, a line for each reply and push. */
  lines() {
    return this.received.flatMap(frame => frame.split('\n')).filter(line => line !== '');
  }

  /** Lists the commands that were sent, parsed; pongs left out. */
  commands() {
    return this.sent.flatMap(frame => frame.split('\n')).map(line => JSON.parse(line)).filter(({ id }) => id);
  }

  /** Lists the replies that were received, parsed. */
  replies() {
    return this.lines().map(line => JSON.parse(line)).filter(({ id }) => id);
  }

  /** Sends a frame through the newest socket, past the client library. */
  send(data, options) {
    [...this.#sockets].at(-1).send(data, options);
  }
}

function socketClassOf(network, sockets, note) {
  return class extends WebSocket {
    constructor(url, protocols, options) {
      // As in a browser, every message is an event of its own: version 5.7 of the client library takes those that come in
      // one event for each other's, and tells the application of publications in another order than they came.
      super(network.isCut ? NOWHERE : url, protocols, { ...options, allowSynchronousEvents: false });
      sockets.add(this);
      this.on('message', data => network.received.push(data.toString()));
      this.on('error', () => {});
      this.on('close', code => {
        network.closed.push(code);
        sockets.delete(this);
      });
    }

    send(data, ...rest) {
      note(data.toString());
      super.send(data, ...rest);
    }
  };
}
