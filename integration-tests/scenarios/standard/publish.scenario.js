import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment } from '../support/deployment.js';
import { connected } from '../support/client.js';
import { publish } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';

test('brings a publication to its author and to everybody else, with who wrote it', async t => {
  const user = userCalled('alice');
  const [alice, bob] = [await connected(t, user), await connected(t, userCalled('bob'))];
  const channel = channelIn('chat');
  const feeds = [await alice.subscribe(channel), await bob.subscribe(channel)];
  await feeds[0].subscription.publish({ text: 'hello' });
  for (const feed of feeds) {
    await feed.received(1);
    const [{ data, offset, info }] = feed.publications;
    assert.deepEqual({ data, offset }, { data: { text: 'hello' }, offset: 1 });
    assert.deepEqual({ user: info.user, client: info.client }, { user, client: alice.clientId });
  }
});

test('brings a publication of the backend with its tags, and nobody as its author', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await publish(channel, [1, 'two', null], { tags: { kind: 'list' } });
  await feed.received(1);
  const [{ data, tags, info }] = feed.publications;
  assert.deepEqual(data, [1, 'two', null]);
  assert.deepEqual(tags, { kind: 'list' });
  assert.equal(info, undefined);
});

test('keeps the order of many publications, for everybody', async t => {
  const clients = await Promise.all(numbers(1, 3).map(number => connected(t, userCalled(`user${number}`))));
  const channel = channelIn('chat');
  const feeds = await Promise.all(clients.map(client => client.subscribe(channel)));
  const writers = feeds.map(async (feed, writer) => {
    for (const number of numbers(1, 60)) {
      await feed.subscription.publish({ writer, number });
    }
  });
  await Promise.all(writers);
  for (const feed of feeds) {
    await feed.received(180);
    assert.deepEqual(feed.offsets(), numbers(1, 180));
    for (const writer of [0, 1, 2]) {
      const ofWriter = feed.data().filter(data => data.writer === writer).map(data => data.number);
      assert.deepEqual(ofWriter, numbers(1, 60));
    }
  }
  assert.deepEqual(feeds[0].data(), feeds[1].data());
  assert.deepEqual(feeds[0].data(), feeds[2].data());
});

test('has a publication in the history before the call returns', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  for (const number of numbers(1, 20)) {
    await feed.subscription.publish(number);
    const { publications, offset } = await feed.subscription.history({ limit: 1, reverse: true });
    assert.deepEqual([publications[0].data, offset], [number, number]);
  }
});

test('refuses what a client may not publish with 103', async t => {
  const client = await connected(t, userCalled('alice'));
  const feed = await client.subscribe(channelIn('news'));
  await assert.rejects(feed.subscription.publish('x'), { code: 103 });
  await assert.rejects(client.centrifuge.publish(channelIn('chat'), 'not subscribed'), { code: 103 });
  await assert.rejects(client.centrifuge.publish('unheard-of:x', 'x'), { code: 102 });
});

test('refuses what is not of the form that the namespace asks for with 107', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('objects');
  await assert.rejects(client.centrifuge.publish(channel, [1]), { code: 107 });
  await client.centrifuge.publish(channel, { an: 'object' });
});

test('answers 108 to rpc, since no method is registered', async t => {
  const client = await connected(t, userCalled('alice'));
  await assert.rejects(client.centrifuge.rpc('anything', {}), { code: 108 });
});

test('ends with 3508 for send, since nobody listens', async t => {
  const client = await connected(t, userCalled('alice'));
  await client.centrifuge.send({ anybody: 'there' });
  const { code, reason } = await client.isDisconnected();
  assert.deepEqual({ code, reason }, { code: 3508, reason: 'not available' });
});

test('brings the largest payload whole', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  const data = 'é'.repeat(65_000);
  await publish(channel, data);
  await feed.received(1);
  assert.equal(feed.publications[0].data, data);
});

test('is closed with 1009 for a frame of more than 32 KB, and is final', async t => {
  const client = await connected(t, userCalled('alice'));
  const feed = await client.subscribe(channelIn('chat'));
  await assert.rejects(feed.subscription.publish('x'.repeat(33_000)));
  const { code } = await client.isDisconnected();
  assert.equal(code, 3);
  assert.deepEqual(client.network.closed, [1009]);
});

test('is closed with 1003 for a binary frame, comes back and recovers', { skip: deployment.transport === 'long-poll' && 'long-poll carries text only' }, async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  client.network.send(Buffer.from([1, 2, 3]));
  await client.isConnected(2);
  assert.deepEqual(client.network.closed, [1003]);
  await feed.isSubscribed(2);
  await publish(channel, 'again');
  assert.deepEqual(await feed.received(1), ['again']);
});

test('delivers in a channel without history what is published while it listens', async t => {
  const [alice, bob] = [await connected(t, userCalled('alice')), await connected(t, userCalled('bob'))];
  const channel = channelIn('cursor');
  await publish(channel, 'to nobody');
  const feeds = [await alice.subscribe(channel), await bob.subscribe(channel)];
  const { positioned, recoverable, streamPosition } = await feeds[0].isSubscribed();
  assert.deepEqual({ positioned, recoverable, streamPosition }, {
    positioned: false, recoverable: false, streamPosition: undefined,
  });
  await Promise.all(numbers(1, 50).map(number => feeds[0].subscription.publish({ number })));
  for (const feed of feeds) {
    await feed.received(50);
    const heard = feed.data().map(({ number }) => number).sort((a, b) => a - b);
    assert.deepEqual(heard, numbers(1, 50));
  }
  await assert.rejects(feeds[0].subscription.history({ limit: 1 }), { code: 108 });
});

test('delivers each of 1,000 publications once and in order while subscribers come and go', { skip: deployment.transport === 'long-poll' && 'LongPollLoadTest does so, and this would take half a minute' }, async t => {
  const channel = channelIn('chat');
  const [steady, writer] = [await connected(t, userCalled('steady')), await connected(t, userCalled('writer'))];
  const feed = await steady.subscribe(channel);
  await writer.subscribe(channel);
  const visitors = await Promise.all(numbers(1, 6).map(number => connected(t, userCalled(`visitor${number}`))));
  let over = false;
  const visits = visitors.map(async visitor => {
    const past = [];
    for (;;) {
      const visit = await visitor.subscribe(channel);
      past.push(visit);
      if (over) {
        return past;
      }
      visit.subscription.unsubscribe();
      visitor.centrifuge.removeSubscription(visit.subscription);
    }
  });
  await Promise.all(numbers(1, 10).map(async lane => {
    for (const number of numbers(1, 100)) {
      await writer.centrifuge.publish(channel, { lane, number });
    }
  }));
  over = true;
  const all = await Promise.all(visits);
  await writer.centrifuge.publish(channel, 'the end');
  await feed.receivedUpTo('the end');
  assert.deepEqual(feed.offsets(), numbers(1, 1_001));
  for (const visit of all.flat()) {
    if (visit.subscription.state === 'subscribed') {
      await visit.receivedUpTo('the end');
    }
    const offsets = visit.offsetsSince();
    const first = visit.subscribed[0].streamPosition.offset + 1;
    assert.deepEqual(offsets, numbers(first, first + offsets.length - 1));
  }
});
