import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { publishAll } from '../support/server-api.js';
import { channelIn, userCalled } from '../support/names.js';
import { filled } from '../support/await.js';

test('loses nothing when API Gateway closes the connection for being idle', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await publishAll(channel, [1, 2]);
  await feed.received(2);
  await filled('closed', client.network.closed, 1);
  assert.equal(client.network.closed[0], 1001);
  await publishAll(channel, [3, 4]);
  assert.equal((await feed.isSubscribed(2)).recovered, true);
  assert.deepEqual(await feed.receivedUpTo(4), [1, 2, 3, 4]);
});
