import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { fallbackSocket } from '../../../clients/carillon-transport/index.js';
import { connected } from '../support/client.js';
import { call, publish, publishAll } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { deployment } from '../support/deployment.js';
import { eventually } from '../support/await.js';
import { BufferingProxy } from '../support/proxy.js';
import { connectionToken } from '../support/tokens.js';

const NEVER = 3_600_000;

/** Remembers for one client only, so that scenarios do not learn from each other. */
function forgetful() {
  const blocked = new Set();
  return {
    isBlocked: url => blocked.has(url),
    blockedFor: url => (blocked.has(url) ? NEVER : 0),
    block: url => blocked.add(url),
    unblock: url => blocked.delete(url),
  };
}

/** Connects a user through a proxy that lets no WebSocket through. */
async function behindProxy(t, name, options = {}) {
  const proxy = await BufferingProxy.before(t, deployment.api);
  class Proxied extends WebSocket {
    constructor(url, protocols) {
      super(url.replace(new URL(url).host, proxy.host), protocols);
    }
  }
  const transports = [];
  const client = await connected(t, userCalled(name), {
    websocket: fallbackSocket({
      longPoll: `${proxy.url}/connection/long_poll`,
      WebSocket: Proxied,
      memory: forgetful(),
      onTransport: transport => transports.push(transport),
    }),
    ...options,
  });
  return { client, proxy, transports };
}

test('reaches a client where no WebSocket goes: once, in order, both ways', async t => {
  const { client, proxy, transports } = await behindProxy(t, 'alice');
  const other = await connected(t, userCalled('bob'));
  const channel = channelIn('chat');
  const [feed, others] = [await client.subscribe(channel), await other.subscribe(channel)];

  await publishAll(channel, numbers(1, 20));
  await feed.subscription.publish(21);
  await others.subscription.publish(22);

  assert.deepEqual(await feed.receivedUpTo(22), numbers(1, 22));
  assert.deepEqual(feed.offsets(), numbers(1, 22));
  assert.deepEqual(await others.receivedUpTo(22), numbers(1, 22));
  assert.deepEqual(transports, ['long-poll']);
  assert.equal(proxy.upgrades, 1);
});

test('is present like any other, and leaves at once', async t => {
  const { client } = await behindProxy(t, 'alice');
  const other = await connected(t, userCalled('bob'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  const others = await other.subscribe(channel);

  const { clients } = await feed.subscription.presence();
  assert.deepEqual(new Set(Object.values(clients).map(({ user }) => user)), new Set([client.user, other.user]));
  client.centrifuge.disconnect();
  await eventually('the others see it leave', () => others.left.some(({ user }) => user === client.user));
});

test('gets each publication once when answers are lost on the way', async t => {
  const { client, proxy } = await behindProxy(t, 'alice');
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  let lost = 0;
  proxy.loses = url => url.endsWith('/poll') && (lost += 1) % 2 === 1 && lost < 6;

  await publishAll(channel, numbers(1, 10));

  assert.deepEqual(await feed.receivedUpTo(10), numbers(1, 10));
  await eventually('three answers are lost', () => lost >= 5);
  await publish(channel, 11);
  assert.deepEqual(await feed.receivedUpTo(11), numbers(1, 11));
  assert.equal(client.connected.length, 1, 'it stayed connected');
});

test('recovers what it missed when the answer to a frame is lost', async t => {
  const { client, proxy } = await behindProxy(t, 'alice');
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await publishAll(channel, [1, 2]);
  await feed.received(2);
  let lost = false;
  proxy.loses = url => {
    const isFirst = url.endsWith('/send') && !lost;
    lost ||= isFirst;
    return isFirst;
  };

  await assert.rejects(client.centrifuge.presence(channel));
  await publishAll(channel, [3, 4]);

  const { recovered } = await feed.isSubscribed(2);
  assert.equal(recovered, true);
  assert.deepEqual(await feed.receivedUpTo(4), [1, 2, 3, 4]);
});

test('recovers what did not fit while the client was slow', async t => {
  const { client, proxy } = await behindProxy(t, 'alice');
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  const large = numbers(1, 12).map(n => ({ n, pad: 'x'.repeat(30_000) }));
  // More than waits for a client at most, faster than it asks.
  await Promise.all([publishAll(channel, large.slice(0, 6)), eventually('it polls', () => proxy.requests.length > 2)]);
  await publishAll(channel, large.slice(6));

  const data = await feed.receivedUpTo(large.at(-1));

  assert.deepEqual(data.map(({ n }) => n), numbers(1, 12));
  assert.deepEqual(feed.offsets(), numbers(1, 12));
});

test('is told why when the server disconnects it', async t => {
  const { client } = await behindProxy(t, 'alice');

  await call('disconnect', { user: client.user });

  const { code } = await client.isDisconnected();
  assert.equal(code, 3503);
});

test('is refused with the same codes', async t => {
  const proxy = await BufferingProxy.before(t, deployment.api);
  const { Centrifuge } = await import(deployment.library);
  const centrifuge = new Centrifuge(deployment.websocket, {
    token: `${connectionToken('alice')}x`,
    websocket: fallbackSocket({ longPoll: `${proxy.url}/connection/long_poll`, WebSocket: null, memory: forgetful() }),
    timeout: 15_000,
  });
  t.after(() => centrifuge.disconnect());
  const disconnected = [];
  centrifuge.on('disconnected', context => disconnected.push(context.code));

  centrifuge.connect();
  await eventually('it is refused', () => disconnected.length === 1);

  assert.deepEqual(disconnected, [3500]);
});
