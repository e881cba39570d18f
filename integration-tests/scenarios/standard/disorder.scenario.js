import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, connected } from '../support/client.js';
import { control } from '../support/control.js';
import { call, publish } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { eventually } from '../support/await.js';

// API Gateway invokes once per frame, side by side: here the frames of a connection overtake each other on purpose.
before(() => control.frames('shuffled'));
after(() => control.frames('immediate'));

test('subscribes with a frame that may be faster than the one that connects', async t => {
  for (let round = 0; round < 5; round++) {
    const client = new Client(t, { user: userCalled('alice') });
    client.centrifuge.connect();
    await client.network.hasSent;
    const feed = client.follow(channelIn('chat'));
    assert.deepEqual([client.network.sent.length, client.network.received.length], [2, 0]);
    await feed.isSubscribed();
    assert.deepEqual([client.connecting.length, feed.errors], [1, []]);
  }
});

test('ends in the state of the last call, whatever overtook what', async t => {
  const client = await connected(t, userCalled('alice'));
  const visits = numbers(1, 8).map(number => {
    const channel = channelIn('chat');
    return { channel, feed: client.follow(channel), stays: number % 2 === 0 };
  });
  for (let round = 0; round < 8; round++) {
    visits.forEach(({ feed }) => feed.subscription.unsubscribe());
    visits.forEach(({ feed }) => feed.subscription.subscribe());
    await publish(visits[0].channel, round);
  }
  visits.filter(({ stays }) => !stays).forEach(({ feed }) => feed.subscription.unsubscribe());
  for (const { channel, feed, stays } of visits) {
    await client.isAnswered(channel);
    if (stays) {
      await feed.isIn();
      await publish(channel, 'you are in');
      await feed.receivedUpTo('you are in');
      assert.deepEqual(Object.keys((await call('presence', { channel })).presence), [client.clientId]);
    } else {
      await eventually(`nobody is in ${channel}`, async () =>
        (await call('presence_stats', { channel })).num_clients === 0);
      assert.equal(feed.subscription.state, 'unsubscribed');
    }
  }
  assert.equal(client.connecting.length, 1, `reconnected: ${JSON.stringify(client.connecting)}`);
});

test('answers every command, each with its own reply', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await Promise.all(numbers(1, 40).map(number => feed.subscription.publish(number)));
  await feed.received(40);
  assert.deepEqual(feed.offsets(), numbers(1, 40));
  assert.deepEqual(feed.data().toSorted((a, b) => a - b), numbers(1, 40));
});
