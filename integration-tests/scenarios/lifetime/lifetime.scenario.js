import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { publish } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';

test('loses nothing when API Gateway ends a busy connection for its age', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  let published = 0;
  while (client.connected.length < 3) {
    await publish(channel, ++published);
  }
  await publish(channel, 'the end');
  await feed.receivedUpTo('the end');
  assert.deepEqual(feed.offsets(), numbers(1, published + 1));
  assert.ok(client.network.closed.every(code => code === 1001), `${client.network.closed}`);
});
