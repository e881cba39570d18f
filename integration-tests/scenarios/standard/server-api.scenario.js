import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { deployment } from '../support/deployment.js';
import { call, publish, request } from '../support/server-api.js';
import { inSeconds } from '../support/tokens.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { eventually } from '../support/await.js';

test('takes the key in three ways, and no other key', async () => {
  const key = deployment.apiKey;
  const status = async (...args) => (await request('info', '{}', ...args)).status;
  assert.equal(await status({ 'X-API-Key': key }), 200);
  assert.equal(await status({ Authorization: `apikey ${key}` }), 200);
  assert.equal(await status({}, `?api_key=${key}`), 200);
  assert.equal(await status({}), 401);
  assert.equal(await status({ 'X-API-Key': `${key}x` }), 401);
  assert.equal(await status({ Authorization: `Bearer ${key}` }), 401);
});

test('publishes once for one idempotency key', async t => {
  const client = await connected(t, userCalled('alice'));
  for (const namespace of ['chat', 'cursor']) {
    const channel = channelIn(namespace);
    const feed = await client.subscribe(channel);
    const once = { idempotency_key: 'order-7' };
    const results = await Promise.all(numbers(1, 5).map(() => publish(channel, 'paid', once)));
    results.push(await publish(channel, 'paid', once));
    results.forEach(result => assert.deepEqual(result, results[0]));
    await publish(channel, 'shipped', { idempotency_key: 'order-8' });
    assert.deepEqual(await feed.receivedUpTo('shipped'), ['paid', 'shipped']);
  }
});

test('broadcasts to many channels, each with its own answer', async t => {
  const client = await connected(t, userCalled('alice'));
  const channels = numbers(1, 5).map(() => channelIn('chat'));
  const feeds = await Promise.all(channels.map(channel => client.subscribe(channel)));
  const { responses } = await call('broadcast', { channels: [...channels, 'unheard-of:x'], data: 'to all' });
  assert.deepEqual(responses.slice(0, 5).map(({ result }) => result.offset), [1, 1, 1, 1, 1]);
  assert.equal(responses[5].error.code, 102);
  for (const feed of feeds) {
    assert.deepEqual(await feed.received(1), ['to all']);
  }
});

test('carries out a batch, each command by itself', async () => {
  for (const parallel of [false, true]) {
    const channel = channelIn('chat');
    const { replies } = await call('batch', {
      parallel,
      commands: [
        { publish: { channel, data: 1 } },
        { publish: { channel: 'unheard-of:x', data: 1 } },
        { presence_stats: { channel } },
      ],
    });
    assert.equal(replies[0].publish.offset, 1);
    assert.equal(replies[1].error.code, 102);
    assert.equal(replies[2].presence_stats.num_clients, 0);
  }
});

test('publishes past the history when asked to', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await publish(channel, 'kept');
  await publish(channel, 'passing', { skip_history: true });
  assert.deepEqual(await feed.receivedUpTo('passing'), ['kept', 'passing']);
  const { publications, offset } = await call('history', { channel, limit: 10 });
  assert.deepEqual([publications.map(one => one.data), offset], [['kept'], 1]);
});

test('takes data in base64', async () => {
  const channel = channelIn('chat');
  await call('publish', { channel, b64data: Buffer.from('{"a":1}').toString('base64') });
  assert.deepEqual((await call('history', { channel, limit: 1 })).publications[0].data, { a: 1 });
});

test('lists the channels that somebody is in, and counts', async t => {
  const channel = channelIn('chat');
  const [one, other] = [await connected(t, userCalled('alice')), await connected(t, userCalled('bob'))];
  const feed = await one.subscribe(channel);
  await other.subscribe(channel);
  await eventually('both are counted', async () => {
    const { channels } = await call('channels', { pattern: `${channel.slice(0, -1)}*` });
    return channels[channel]?.num_clients === 2;
  });
  const [node] = (await call('info')).nodes;
  assert.ok(node.num_clients >= 2 && node.num_channels >= 1, JSON.stringify(node));
  feed.subscription.unsubscribe();
  other.centrifuge.disconnect();
  await eventually('the channel is gone', async () => !((await call('channels')).channels[channel]));
});

test('refreshes and expires a user\'s connections', async t => {
  const user = userCalled('alice');
  const client = await connected(t, user);
  await call('refresh', { user, expire_at: inSeconds(1_000) });
  await eventually('the backend knows the connection', async () => {
    await call('refresh', { user, expired: true });
    return client.connecting.length > 1;
  });
  assert.equal(client.connecting[1].code, 3005);
  await client.isConnected(2);
});

test('refuses by number what it cannot do', async () => {
  const refused = (method, params, code) => assert.rejects(call(method, params), { code });
  await refused('publish', { channel: 'unheard-of:x', data: 1 }, 102);
  await refused('publish', { data: 1 }, 107);
  await refused('publish', { channel: channelIn('chat') }, 107);
  await refused('history_remove', { channel: channelIn('cursor') }, 108);
  await refused('subscribe', { channel: channelIn('chat') }, 107);
  await refused('disconnect', {}, 107);
  const unknown = await request('dance', '{}', { 'X-API-Key': deployment.apiKey });
  assert.equal(unknown.status, 404);
  const transport = { 'X-API-Key': deployment.apiKey, 'X-Centrifugo-Error-Mode': 'transport' };
  const answer = await request('publish', '{"channel":"unheard-of:x","data":1}', transport);
  assert.deepEqual([answer.status, (await answer.json()).code], [404, 102]);
});
