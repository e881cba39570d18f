import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../support/await.js';
import { launch } from '../support/browser.js';
import { deployment } from '../support/deployment.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { servePage } from '../support/page.js';
import { BufferingProxy } from '../support/proxy.js';
import { publish, publishAll } from '../support/server-api.js';
import { connectionToken } from '../support/tokens.js';

const TEN_MINUTES = 600_000;

/** A fallback takes seconds, and a busy machine takes many times as long. */
const PATIENCE = 40_000;

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test('falls back by itself across origins, both ways, where a proxy buffers and refuses WebSocket', async t => {
  const { page, proxy, channel } = await openPage(t);

  await page.isSubscribed(1);
  await publishAll(channel, numbers(1, 10));
  await page.sees(numbers(1, 10));
  await page.publishes(11);
  await page.sees(numbers(1, 11));

  assert.deepEqual((await page.seen()).transports, ['long-poll']);
  assert.equal(proxy.upgrades, 1);
  assert.deepEqual(proxy.requests.filter(request => request.startsWith('OPTIONS')), [], 'no preflight doubles the requests');
});

test('recovers what came while the browser was offline', async t => {
  const { page, channel } = await openPage(t);
  await page.isSubscribed(1);
  await publish(channel, 1);
  await page.sees([1]);

  await page.context.setOffline(true);
  await page.isIn('connecting');
  await publishAll(channel, numbers(2, 6));
  await page.context.setOffline(false);

  await page.sees(numbers(1, 6));
  await publish(channel, 7);
  await page.sees(numbers(1, 7));
  assert.deepEqual((await page.seen()).subscribed.at(-1), { wasRecovering: true, recovered: true });
});

const BLOCKED = {
  'throws': () => {
    window.WebSocket = class {
      constructor() {
        throw new Error('WebSocket is switched off');
      }
    };
  },
  'never opens': () => {
    window.WebSocket = class {
      close() {}
    };
  },
  'is missing': () => {
    delete window.WebSocket;
  },
};
for (const [how, block] of Object.entries(BLOCKED)) {
  test(`falls back where window.WebSocket ${how}`, async t => {
    const { page, channel } = await openPage(t, { block });

    await page.isSubscribed(1);
    await publish(channel, 1);

    await page.sees([1]);
    assert.deepEqual((await page.seen()).transports, ['long-poll']);
  });
}

test('remembers over a reload that WebSocket does not go', async t => {
  const { page, proxy } = await openPage(t);
  await page.isSubscribed(1);

  await page.reload();
  await page.isSubscribed(1);

  assert.deepEqual((await page.seen()).transports, ['long-poll']);
  assert.equal(proxy.upgrades, 1, 'WebSocket was tried only the first time');
});

test('tries WebSocket again later, and misses nothing when it goes over', async t => {
  const { page, proxy, channel } = await openPage(t, { retryAfter: 2_000 });
  await page.isSubscribed(1);
  await publish(channel, 1);
  await page.sees([1]);

  proxy.permitsWebSocket = true;
  await publish(channel, 2);
  await eventually('it goes over', async () => (await page.seen()).transports.includes('websocket'), PATIENCE);
  await page.isSubscribed(2);
  await publish(channel, 3);

  await page.sees([1, 2, 3]);
  assert.deepEqual((await page.seen()).transports, ['long-poll', 'websocket']);
  assert.deepEqual((await page.seen()).subscribed.at(-1), { wasRecovering: true, recovered: true });
});

test('serves no page whose origin is not allowed', async t => {
  const { page, proxy } = await openPage(t, { host: 'evil.localhost' });

  await eventually('it has tried twice', () => proxy.requests.filter(request => request.endsWith('/open')).length > 1, PATIENCE);

  const { state, transports } = await page.seen();
  assert.equal(state, 'connecting');
  assert.deepEqual(transports, []);
});

/** Opens a page that connects through a proxy: three origins in all. */
async function openPage(t, { block, host = '127.0.0.1', retryAfter = TEN_MINUTES } = {}) {
  const proxy = await BufferingProxy.before(t, deployment.api);
  const address = `http://${host}:${await servePage(t)}/`;
  const channel = channelIn('chat');
  const context = await browser.newContext();
  t.after(() => context.close());
  if (block) {
    await context.addInitScript(block);
  }
  const page = new Page(context, await context.newPage(), address, {
    websocket: `ws://${proxy.host}/connection/websocket`,
    token: connectionToken(userCalled('alice')),
    channel,
    retryAfter,
  });
  await page.reload();
  return { page, proxy, channel };
}

class Page {
  constructor(context, tab, address, options) {
    Object.assign(this, { context, tab, address, options });
  }

  /** Loads it, and starts it. */
  async reload() {
    await this.tab.goto(this.address);
    await this.tab.waitForFunction(() => window.isReady);
    await this.tab.evaluate(options => window.start(options), this.options);
  }

  seen() {
    return this.tab.evaluate(() => window.seen);
  }

  async isIn(state) {
    await eventually(`it is ${state}`, async () => (await this.seen()).state === state, PATIENCE);
  }

  async isSubscribed(times) {
    await eventually('it is subscribed', async () => (await this.seen()).subscribed.length >= times, PATIENCE);
  }

  publishes(number) {
    return this.tab.evaluate(data => window.subscription.publish(data).then(() => undefined), number);
  }

  /** Waits until it has got so many publications, which must be these. */
  async sees(expected) {
    let got;
    await eventually(
      () => `it sees ${expected}, not ${got}`,
      async () => {
        got = (await this.seen()).numbers;
        return got.length >= expected.length;
      },
      PATIENCE,
    );
    assert.deepEqual(got, expected);
  }
}
