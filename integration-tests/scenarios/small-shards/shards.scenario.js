import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { call, publish, publishAll } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { eventually, filled } from '../support/await.js';

function crowd(t, size) {
  return Promise.all(numbers(1, size).map(number => connected(t, userCalled(`user${number}`))));
}

test('grows a channel to as many shards as its subscribers need, and loses nothing on the way', async t => {
  const channel = channelIn('chat');
  const clients = await crowd(t, 9);
  let over = false;
  let published = 0;
  const publishing = (async () => {
    while (!over) {
      await publish(channel, ++published);
    }
  })();
  const feeds = await Promise.all(clients.map(client => client.subscribe(channel)));
  over = true;
  await publishing;
  await publish(channel, 'the end');
  for (const feed of feeds) {
    await feed.receivedUpTo('the end');
    const { streamPosition } = feed.subscribed[0];
    assert.deepEqual(feed.offsets(), numbers(streamPosition.offset + 1, published + 1));
  }
  const { clients: present } = await feeds[0].subscription.presence();
  assert.deepEqual(new Set(Object.keys(present)), new Set(clients.map(client => client.clientId)));
  await eventually('all are counted', async () => (await call('channels')).channels[channel]?.num_clients === 9);
});

test('tells all shards who joins and who leaves, once', async t => {
  const channel = channelIn('chat');
  const clients = await crowd(t, 5);
  const [first, ...others] = clients;
  const watching = await first.subscribe(channel);
  for (const client of others) {
    await client.subscribe(channel);
  }
  await filled('join', watching.joined, 5);
  const ids = clients.map(client => client.clientId);
  others.forEach(client => client.centrifuge.disconnect());
  await filled('leave', watching.left, 4);
  assert.deepEqual(watching.joined.map(info => info.client), ids);
  assert.deepEqual(new Set(watching.left.map(info => info.client)), new Set(ids.slice(1)));
  assert.equal(watching.left.length, 4);
});

test('recovers in whichever shard a client comes back to', async t => {
  const channel = channelIn('chat');
  const clients = await crowd(t, 9);
  const feeds = await Promise.all(clients.map(client => client.subscribe(channel)));
  await publishAll(channel, [1, 2]);
  await Promise.all(feeds.map(feed => feed.received(2)));
  clients.forEach(client => client.network.cut());
  await publishAll(channel, [3, 4]);
  clients.toReversed().forEach(client => client.network.restore());
  await publishAll(channel, [5, 6, 7]);
  for (const feed of feeds) {
    assert.deepEqual(await feed.receivedUpTo(7), numbers(1, 7));
    assert.ok(feed.subscribed.slice(1).every(context => context.recovered));
  }
});

test('lets go of its shards when everybody has left, and starts anew', async t => {
  const channel = channelIn('chat');
  const clients = await crowd(t, 5);
  const feeds = await Promise.all(clients.map(client => client.subscribe(channel)));
  feeds.forEach(feed => feed.subscription.unsubscribe());
  await eventually('nobody is left', async () => !((await call('channels')).channels[channel]));
  await publishAll(channel, [1, 2]);
  const feed = await (await connected(t, userCalled('late'))).subscribe(channel);
  await publish(channel, 3);
  assert.deepEqual(await feed.received(1), [3]);
});

test('reaches everybody in a channel without history too', async t => {
  const channel = channelIn('cursor');
  const clients = await crowd(t, 9);
  const feeds = await Promise.all(clients.map(client => client.subscribe(channel)));
  await publish(channel, { x: 1 });
  for (const feed of feeds) {
    assert.deepEqual(await feed.received(1), [{ x: 1 }]);
  }
});
