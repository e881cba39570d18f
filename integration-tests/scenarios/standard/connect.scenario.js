import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, UnauthorizedError, connected } from '../support/client.js';
import { RawClient, rawSession } from '../support/raw.js';
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

test('replaces an expired token and connects', async t => {
  const user = userCalled('alice');
  let asked = 0;
  const client = new Client(t, {
    user,
    token: connectionToken(user, { exp: inSeconds(-10) }),
    getToken: async () => {
      asked++;
      return connectionToken(user);
    },
  });
  await client.connect();
  assert.equal(asked, 1);
  assert.ok(client.network.lines().some(line => JSON.parse(line).error?.code === 109));
});

test('gives up with an expired token that nobody replaces', async t => {
  const user = userCalled('alice');
  const client = new Client(t, { user, token: connectionToken(user, { exp: inSeconds(-10) }) });
  client.centrifuge.connect();
  assert.equal((await client.isDisconnected()).code, 1);
});

test('refreshes the token when it expires, and stays connected', async t => {
  const user = userCalled('alice');
  let asked = 0;
  const client = new Client(t, {
    user,
    getToken: async () => {
      asked++;
      return connectionToken(user, { exp: inSeconds(asked === 1 ? 3 : 3_600) });
    },
  });
  await client.connect();
  const refreshed = await eventually('the refresh is answered', () =>
    client.network.lines().map(line => JSON.parse(line)).find(line => line.refresh));
  assert.equal(asked, 2);
  assert.equal(refreshed.refresh.expires, true);
  assert.ok(refreshed.refresh.ttl > 3_500, `ttl ${refreshed.refresh.ttl}`);
  assert.equal(client.connecting.length, 1);
  assert.equal(client.centrifuge.state, 'connected');
});

test('ends for good when the refreshed token is refused to the user', async t => {
  const user = userCalled('alice');
  let asked = 0;
  const client = new Client(t, {
    user,
    getToken: async () => {
      asked++;
      if (asked > 1) {
        throw new UnauthorizedError();
      }
      return connectionToken(user, { exp: inSeconds(2) });
    },
  });
  await client.connect();
  assert.equal((await client.isDisconnected()).code, 1);
});

test('ends with 3500 when it refreshes with the token of somebody else', async t => {
  const user = userCalled('alice');
  let asked = 0;
  const client = new Client(t, {
    user,
    getToken: async () => {
      asked++;
      return connectionToken(asked === 1 ? user : userCalled('mallory'), { exp: inSeconds(asked === 1 ? 2 : 3_600) });
    },
  });
  await client.connect();
  assert.equal((await client.isDisconnected()).code, 3500);
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

test('refuses to connect before anything else is known: commands wait, and are answered 100', async t => {
  const client = await new RawClient(t).open();
  client.send({ id: 7, history: { channel: channelIn('chat') } });
  const { error } = await client.reply(7);
  assert.deepEqual(error, { code: 100, message: 'internal server error', temporary: true });
});

test('carries out a command that was faster than the connect command', async t => {
  const client = await new RawClient(t).open();
  const channel = channelIn('chat');
  client.send({ id: 2, subscribe: { channel } });
  client.send({ id: 1, connect: { token: connectionToken(userCalled('alice')) } });
  assert.ok((await client.reply(2)).subscribe);
  assert.equal(JSON.parse(client.lines[0]).id, 1);
});

for (const [what, frame] of [
  ['a second connect command', JSON.stringify({ id: 2, connect: { token: 'x' } })],
  ['a command without an id', JSON.stringify({ publish: { channel: 'chat:x', data: 1 } })],
  ['a command that does not exist', JSON.stringify({ id: 2, dance: {} })],
  ['what is not JSON', 'hello'],
]) {
  test(`ends with 3501 for ${what}, and closes the socket`, async t => {
    const client = await rawSession(t, userCalled('alice'));
    client.sendText(frame);
    assert.deepEqual(await client.disconnect(), { code: 3501, reason: 'bad request' });
  });
}

test('answers what came before the command that ends the connection', async t => {
  const client = await rawSession(t, userCalled('alice'));
  client.send({ id: 2, presence_stats: { channel: channelIn('chat') } }, { id: 3, send: { data: {} } });
  assert.equal((await client.reply(2)).error.code, 103);
  assert.deepEqual(await client.disconnect(), { code: 3508, reason: 'not available' });
});

test('never sends an empty frame', async t => {
  const client = await rawSession(t, userCalled('alice'));
  const channel = channelIn('chat');
  client.sendText('{}');
  client.send({ id: 2, subscribe: { channel } });
  await client.reply(2);
  client.send({ id: 3, unsubscribe: { channel } });
  await client.reply(3);
  assert.deepEqual(client.frames.filter(frame => frame.trim() === ''), []);
});
