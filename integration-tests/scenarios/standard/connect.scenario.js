import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, UnauthorizedError, connected } from '../support/client.js';
import { connectionToken, inSeconds, sign } from '../support/tokens.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { eventually, filled } from '../support/await.js';

test('connects with a token, by WebSocket, and is told how often it will be pinged', async t => {
  const client = new Client(t, { user: userCalled('alice'), data: { from: 'a scenario' }, name: 'scenario' });
  const context = await client.connect();
  assert.equal(context.transport, 'websocket');
  assert.match(context.client, /^[0-9a-f-]{36}$/);
  const { connect } = JSON.parse(client.network.lines()[0]);
  assert.equal(connect.client, context.client);
  assert.equal(connect.ping, 480);
  assert.equal(connect.pong ?? false, false);
  assert.equal(connect.expires, true);
  assert.ok(connect.ttl > 3_500 && connect.ttl <= 3_600, `ttl ${connect.ttl}`);
});

for (const [what, token] of [
  ['a signature of another secret', () => sign({ sub: 'alice' }, 'another-secret-of-at-least-32-characters')],
  ['something that is no token', () => 'nonsense'],
  ['an unsigned token', () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"alice"}').toString('base64url')}.`],
]) {
  test(`ends with 3500 for ${what}`, async t => {
    const client = new Client(t, { token: token() });
    client.centrifuge.connect();
    const { code, reason } = await client.isDisconnected();
    assert.deepEqual({ code, reason }, { code: 3500, reason: 'invalid token' });
    assert.equal(client.centrifuge.state, 'disconnected');
  });
}

test('ends with 3501 without a token', async t => {
  const client = new Client(t, { token: '' });
  client.centrifuge.connect();
  const { code, reason } = await client.isDisconnected();
  assert.deepEqual({ code, reason }, { code: 3501, reason: 'bad request' });
});

test('connects and subscribes to 50 channels with the first frame', async t => {
  const client = new Client(t, { user: userCalled('alice') });
  const channels = numbers(1, 50).map(() => channelIn('chat'));
  const feeds = channels.map(channel => client.follow(channel));
  await client.connect();
  await Promise.all(feeds.map(feed => feed.isSubscribed()));
  assert.equal(client.network.sent[0].split('\n').length, 51);
  assert.ok(JSON.parse(client.network.lines()[0]).connect, 'the connect reply comes first');
  assert.equal(client.connecting.length, 1);
});

test('serves two tabs of a user side by side', async t => {
  const user = userCalled('alice');
  const channel = channelIn('chat');
  const [one, other] = [await connected(t, user), await connected(t, user)];
  assert.notEqual(one.clientId, other.clientId);
  const feeds = [await one.subscribe(channel), await other.subscribe(channel)];
  const { clients } = await feeds[0].subscription.presence();
  assert.deepEqual(new Set(Object.keys(clients)), new Set([one.clientId, other.clientId]));
  const stats = await feeds[0].subscription.presenceStats();
  assert.deepEqual({ ...stats }, { numClients: 2, numUsers: 1 });
  one.centrifuge.disconnect();
  await filled('leave', feeds[1].left, 1);
  await feeds[1].subscription.publish({ still: 'here' });
  assert.deepEqual(await feeds[1].received(1), [{ still: 'here' }]);
});

test('takes a client back after it went and came again', async t => {
  const client = await connected(t, userCalled('alice'));
  const first = client.clientId;
  client.centrifuge.disconnect();
  await client.isDisconnected();
  client.centrifuge.connect();
  await client.isConnected(2);
  assert.notEqual(client.clientId, first);
});
