import { createServer } from 'node:http';
import { once } from 'node:events';

/** A long-poll server that keeps messages until they are acknowledged, and can lose answers. */
export class Server {
  requests = [];
  messages = [];
  before = 0;
  closed = false;
  /** Answers further requests: gets the request and gives `{status}`, `{reply}`, `'lost'`, or nothing for the usual. */
  script = () => undefined;
  #http = createServer((request, response) => this.#answer(request, response));

  static async start(t) {
    const server = new Server();
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    server.url = `http://127.0.0.1:${server.#http.address().port}/connection/long_poll`;
    t.after(() => server.stop());
    return server;
  }

  stop() {
    this.#http.closeAllConnections();
    this.#http.close();
  }

  post(...messages) {
    this.messages.push(...messages);
  }

  actions() {
    return this.requests.map(({ action }) => action);
  }

  sent() {
    return this.requests.filter(({ action }) => action === 'send').map(({ frame }) => frame);
  }

  async #answer(request, response) {
    let text = '';
    for await (const part of request) {
      text += part;
    }
    const action = request.url.split('/').at(-1);
    const received = { action, type: request.headers['content-type'], ...JSON.parse(text) };
    this.requests.push(received);
    const scripted = this.script(received) ?? {};
    if (scripted.status) {
      response.writeHead(scripted.status).end();
      return;
    }
    const body = action === 'open' ? { session: scripted.session ?? 'secret', minInterval: 5, maxInterval: 20 } : this.#take(received.ack);
    if (scripted === 'lost') {
      request.socket.destroy();
      return;
    }
    const reply = scripted.reply ? { reply: scripted.reply } : {};
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...reply, ...body }));
  }

  #take(ack) {
    const received = Math.min(Math.max(ack - this.before, 0), this.messages.length);
    this.messages.splice(0, received);
    this.before += received;
    const messages = this.messages.length > 0 ? { first: this.before + 1, messages: [...this.messages] } : {};
    return this.closed ? { ...messages, closed: true } : messages;
  }
}

/** Keeps what a socket tells. */
export class Diary {
  opened = 0;
  messages = [];
  errors = [];
  closed = [];

  constructor(socket) {
    socket.onopen = () => (this.opened += 1);
    socket.onmessage = ({ data }) => this.messages.push(...data.split('\n'));
    socket.onerror = event => this.errors.push(event);
    socket.onclose = ({ code, wasClean }) => this.closed.push({ code, wasClean });
  }
}

/** Waits until `probe` gives something truthy. */
export async function eventually(what, probe) {
  const end = performance.now() + 30_000;
  while (!probe()) {
    if (performance.now() > end) {
      throw new Error(`It did not happen within 30 s: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}
