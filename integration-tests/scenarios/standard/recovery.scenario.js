import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { call, publish, publishAll } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { eventually } from '../support/await.js';

test('brings what was missed while the network was cut: once, in order', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await publishAll(channel, [1, 2, 3]);
  await feed.received(3);
  client.network.cut();
  await publishAll(channel, numbers(4, 9));
  client.network.restore();
  const { wasRecovering, recovered, streamPosition } = await feed.isSubscribed(2);
  assert.deepEqual({ wasRecovering, recovered }, { wasRecovering: true, recovered: true });
  assert.equal(streamPosition.offset, 3, 'the position asked for');
  await publish(channel, 10);
  assert.deepEqual(await feed.receivedUpTo(10), numbers(1, 10));
  assert.deepEqual(feed.offsets(), numbers(1, 10));
});

test('recovers when nothing was missed', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await publish(channel, 1);
  await feed.received(1);
  client.network.drop();
  const { wasRecovering, recovered } = await feed.isSubscribed(2);
  assert.deepEqual({ wasRecovering, recovered }, { wasRecovering: true, recovered: true });
  await publish(channel, 2);
  assert.deepEqual(await feed.receivedUpTo(2), [1, 2]);
});

test('recovers from the position that a client has kept elsewhere', async t => {
  const channel = channelIn('chat');
  const [first] = await publishAll(channel, numbers(1, 5));
  const client = await connected(t, userCalled('alice'));
  const feed = await client.subscribe(channel, { since: { offset: 2, epoch: first.epoch } });
  const { wasRecovering, recovered } = await feed.isSubscribed();
  assert.deepEqual({ wasRecovering, recovered }, { wasRecovering: true, recovered: true });
  assert.deepEqual(await feed.received(3), [3, 4, 5]);
});

test('says that it cannot recover when the history has moved on, and gives no part', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('brief');
  const feed = await client.subscribe(channel);
  await publish(channel, 1);
  await feed.received(1);
  client.network.cut();
  await publishAll(channel, numbers(2, 8));
  client.network.restore();
  const { wasRecovering, recovered, streamPosition } = await feed.isSubscribed(2);
  assert.deepEqual({ wasRecovering, recovered }, { wasRecovering: true, recovered: false });
  assert.equal(streamPosition.offset, 8, 'the top');
  await publish(channel, 9);
  assert.deepEqual(await feed.receivedUpTo(9), [1, 9]);
});

test('recovers to the last one that the history holds', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('brief');
  const feed = await client.subscribe(channel);
  await publish(channel, 1);
  await feed.received(1);
  client.network.cut();
  await publishAll(channel, numbers(2, 6));
  client.network.restore();
  assert.equal((await feed.isSubscribed(2)).recovered, true);
  assert.deepEqual(await feed.receivedUpTo(6), numbers(1, 6));
});

for (const [what, since] of [
  ['of another epoch', ({ offset }) => ({ offset, epoch: 'another' })],
  ['in the future', ({ epoch }) => ({ offset: 99, epoch })],
]) {
  test(`says that it cannot recover from a position ${what}`, async t => {
    const channel = channelIn('chat');
    const position = await publish(channel, 1);
    const client = await connected(t, userCalled('alice'));
    const feed = await client.subscribe(channel, { since: since(position) });
    const { wasRecovering, recovered } = await feed.isSubscribed();
    assert.deepEqual({ wasRecovering, recovered }, { wasRecovering: true, recovered: false });
    await publish(channel, 2);
    assert.deepEqual(await feed.received(1), [2]);
  });
}

test('says that it cannot recover when the history was removed', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  client.network.cut();
  await publish(channel, 1);
  await call('history_remove', { channel });
  await publish(channel, 2);
  client.network.restore();
  assert.equal((await feed.isSubscribed(2)).recovered, false);
  await publish(channel, 3);
  assert.deepEqual(await feed.receivedUpTo(3), [3]);
});

test('recovers more than fits one message, in parts and in order', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  client.network.cut();
  const filler = 'x'.repeat(4_000);
  await publishAll(channel, numbers(1, 100).map(number => ({ number, filler })));
  client.network.restore();
  const { wasRecovering, recovered } = await feed.isSubscribed(2);
  assert.deepEqual({ wasRecovering, recovered }, { wasRecovering: true, recovered: true });
  await feed.received(100);
  await publish(channel, 'live');
  await feed.receivedUpTo('live');
  assert.deepEqual(feed.offsets(), numbers(1, 101));
  const largest = Math.max(...client.network.received.map(frame => Buffer.byteLength(frame)));
  assert.ok(largest <= 131_072, `a message of ${largest} bytes`);
});

test('recovers 300 at once, and nothing of 301', async t => {
  const channel = channelIn('chat');
  const first = await publish(channel, 1);
  await Promise.all(numbers(2, 302).map(number => publish(channel, number)));
  const client = await connected(t, userCalled('alice'));
  const all = await client.subscribe(channel, { since: { offset: 2, epoch: first.epoch } });
  assert.equal((await all.isSubscribed()).recovered, true);
  await all.received(300);
  assert.deepEqual(all.offsets(), numbers(3, 302));
  const other = await connected(t, userCalled('bob'));
  const none = await other.subscribe(channel, { since: { offset: 1, epoch: first.epoch } });
  assert.equal((await none.isSubscribed()).recovered, false);
  await publish(channel, 'live');
  assert.deepEqual(await none.received(1), ['live']);
});

test('loses, repeats and reorders nothing when the network drops again and again', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  let over = false;
  const publishing = publishAll(channel, numbers(1, 300)).then(() => (over = true));
  let drops = 0;
  while (!over) {
    await feed.isSubscribed(drops + 1);
    client.network.drop();
    drops++;
    await client.isConnected(drops + 1);
  }
  await publishing;
  await publish(channel, 'the end');
  await feed.receivedUpTo('the end');
  assert.ok(drops > 1, `${drops} drops`);
  assert.deepEqual(feed.offsets(), numbers(1, 301));
  assert.ok(feed.subscribed.slice(1).every(context => context.recovered));
});

test('gives the latest publication in cache mode, and only that', async t => {
  const channel = channelIn('price');
  await publishAll(channel, [1, 2, 3]);
  const client = await connected(t, userCalled('alice'));
  const feed = await client.subscribe(channel, { since: { offset: 0, epoch: '' } });
  assert.equal((await feed.isSubscribed()).recovered, true);
  assert.deepEqual(await feed.received(1), [3]);
  client.network.cut();
  await publishAll(channel, [4, 5, 6]);
  client.network.restore();
  assert.equal((await feed.isSubscribed(2)).recovered, true);
  assert.deepEqual(await feed.received(2), [3, 6]);
  client.network.drop();
  assert.equal((await feed.isSubscribed(3)).recovered, true);
  await publish(channel, 7);
  assert.deepEqual(await feed.receivedUpTo(7), [3, 6, 7]);
});

test('cannot recover in cache mode when there is nothing yet', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('price');
  const feed = await client.subscribe(channel, { since: { offset: 0, epoch: '' } });
  const { wasRecovering } = await feed.isSubscribed();
  assert.equal(wasRecovering, true);
  await publish(channel, 1);
  assert.deepEqual(await feed.received(1), [1]);
});

test('recovers on every channel of a connection at once', async t => {
  const client = await connected(t, userCalled('alice'));
  const channels = numbers(1, 10).map(() => channelIn('chat'));
  const feeds = await Promise.all(channels.map(channel => client.subscribe(channel)));
  client.network.cut();
  await Promise.all(channels.map(channel => publishAll(channel, ['one', 'two'])));
  client.network.restore();
  for (const feed of feeds) {
    assert.equal((await feed.isSubscribed(2)).recovered, true);
    assert.deepEqual(await feed.received(2), ['one', 'two']);
  }
  await eventually('one frame held all', () => client.network.sent.some(frame => frame.split('\n').length === 11));
});
