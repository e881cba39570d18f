import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FILES = new Map([
  ['/centrifuge.js', new URL('../../node_modules/centrifuge-5.8/dist/centrifuge.js', import.meta.url)],
  ['/page.js', new URL('./fallback-page.js', import.meta.url)],
]);
const PACKAGE = new URL('../../../clients/carillon-transport/', import.meta.url);
const HTML = `<!doctype html><title>fallback</title><link rel="icon" href="data:,">
<script src="/centrifuge.js"></script>
<script type="importmap">{"imports":{"carillon-transport":"/carillon-transport/index.js"}}</script>
<script type="module" src="/page.js"></script>`;

/** Serves a page with the client library and the package, from an origin of its own, until the test `t` ends. */
export async function servePage(t) {
  const server = createServer(async ({ url }, response) => {
    if (url === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(HTML);
      return;
    }
    const file = FILES.get(url) ?? new URL(url.replace('/carillon-transport/', ''), PACKAGE);
    try {
      const content = await readFile(fileURLToPath(file));
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return server.address().port;
}
