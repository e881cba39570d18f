import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../support/client.js';
import { request } from '../support/server-api.js';
import { sign } from '../support/tokens.js';
import { userCalled } from '../support/names.js';

test('lets everybody do everything without a token', async t => {
  const client = new Client(t, { token: '' });
  await client.connect();
  const channel = userCalled('any-channel');
  const feed = await client.subscribe(channel);
  await feed.subscription.publish({ from: 'nobody' });
  assert.deepEqual(await feed.received(1), [{ from: 'nobody' }]);
  assert.equal(feed.publications[0].info.user, '');
  assert.equal((await feed.subscription.history({ limit: 1 })).publications.length, 1);
  assert.deepEqual({ ...(await feed.subscription.presenceStats()) }, { numClients: 1, numUsers: 1 });
});

test('still knows a user by the token', async t => {
  const user = userCalled('alice');
  const client = new Client(t, { token: sign({ sub: user }) });
  await client.connect();
  const feed = await client.subscribe(userCalled('any-channel'));
  const { clients } = await feed.subscription.presence();
  assert.equal(clients[client.clientId].user, user);
});

test('keeps private channels private', async t => {
  const client = new Client(t, { token: '' });
  await client.connect();
  assert.equal((await client.follow('$secret').isUnsubscribed()).code, 103);
});

test('takes server API calls without a key', async () => {
  const response = await request('publish', JSON.stringify({ channel: userCalled('any-channel'), data: 1 }), {});
  assert.equal((await response.json()).result.offset, 1);
});
