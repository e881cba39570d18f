import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';

/**
 * A proxy of the kind that long-poll is for: it lets no WebSocket through, and passes an answer on only when it has all
 * of it. Counts what went through, and can lose answers.
 */
export class BufferingProxy {
  upgrades = 0;
  requests = [];
  /** Whether it lets WebSocket through after all. */
  permitsWebSocket = false;
  /** Says of a request, by its path, whether its answer gets lost. */
  loses = () => false;
  #server;

  /** Starts one before a server, which ends with the test `t`. */
  static async before(t, target) {
    const proxy = new BufferingProxy();
    await proxy.#start(new URL(target));
    t.after(() => proxy.#stop());
    return proxy;
  }

  async #start(target) {
    this.#server = createServer((incoming, outgoing) => this.#pass(target, incoming, outgoing));
    this.#server.on('upgrade', (incoming, socket, head) => {
      this.upgrades += 1;
      if (this.permitsWebSocket) {
        tunnel(target, incoming, socket, head);
        return;
      }
      socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\n\r\n');
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.host = `127.0.0.1:${this.#server.address().port}`;
    this.url = `http://${this.host}`;
  }

  #stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #pass(target, incoming, outgoing) {
    this.requests.push(`${incoming.method} ${incoming.url}`);
    const body = await whole(incoming);
    const headers = { ...incoming.headers, host: target.host };
    const passed = request(new URL(incoming.url, target), { method: incoming.method, headers }, async answer => {
      const content = await whole(answer);
      if (this.loses(incoming.url)) {
        incoming.socket.destroy();
        return;
      }
      const kept = Object.entries(answer.headers).filter(([name]) => !/^(transfer-encoding|connection)$/.test(name));
      outgoing.writeHead(answer.statusCode, { ...Object.fromEntries(kept), 'content-length': content.length });
      outgoing.end(content);
    });
    passed.on('error', () => outgoing.destroy());
    passed.end(body);
  }
}

/** Hands a handshake on as it came, and then all bytes both ways. */
function tunnel(target, incoming, socket, head) {
  const server = connect(Number(target.port), target.hostname);
  const headers = [];
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}\r\n`);
  }
  server.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join('')}\r\n`);
  server.write(head);
  server.pipe(socket).pipe(server);
  for (const [one, other] of [[server, socket], [socket, server]]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

async function whole(stream) {
  const parts = [];
  for await (const part of stream) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}
