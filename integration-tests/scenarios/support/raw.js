import { WebSocket } from 'ws';
import { deployment } from './deployment.js';
import { connectionToken } from './tokens.js';
import { eventually } from './await.js';

/** A socket that speaks the protocol by hand, for what no client library would send or show. */
export class RawClient {
  #socket = new WebSocket(deployment.websocket);
  /** Whole messages, as they came. */
  frames = [];
  lines = [];
  closed;

  constructor(t) {
    this.#socket.on('message', data => {
      this.frames.push(data.toString());
      this.lines.push(...data.toString().split('\n').filter(line => line !== ''));
    });
    this.#socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    this.#socket.on('error', error => (this.problem = error));
    t.after(() => this.#socket.terminate());
  }

  async open() {
    await eventually(
      () => `the socket opens: ${this.problem?.message}`,
      () => this.#socket.readyState === WebSocket.OPEN,
    );
    return this;
  }

  /** Sends commands as one frame. */
  send(...commands) {
    this.sendText(commands.map(command => JSON.stringify(command)).join('\n'));
  }

  sendText(text, options) {
    this.#socket.send(text, options);
  }

  /** Waits for a line that `matches`, and gives it as text and parsed. */
  line(what, matches) {
    return eventually(
      () => `${what} arrives; there was ${this.lines.join(' ')} ${JSON.stringify(this.closed)}`,
      () => {
        const text = this.lines.find(line => matches(JSON.parse(line)));
        return text && { text, json: JSON.parse(text) };
      },
    );
  }

  async reply(id) {
    return (await this.line(`reply ${id}`, line => line.id === id)).json;
  }

  async push(kind) {
    return (await this.line(`a push of ${kind}`, line => line.push && kind in line.push)).json.push;
  }

  has(kind) {
    return this.lines.some(line => kind in (JSON.parse(line).push ?? {}));
  }

  /** Waits for the disconnect push, and for the close that follows it. */
  async disconnect() {
    const push = await this.push('disconnect');
    await this.isClosed();
    return push.disconnect;
  }

  isClosed() {
    return eventually('the socket is closed', () => this.closed);
  }
}

/** Opens a socket and sends the connect command of a user, with id 1. */
export async function rawSession(t, user, connect = {}) {
  const client = await new RawClient(t).open();
  client.send({ id: 1, connect: { token: connectionToken(user), ...connect } });
  const { connect: reply } = await client.reply(1);
  client.clientId = reply?.client;
  return client;
}
