import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { call, publish, publishAll } from '../support/server-api.js';
import { connectionToken } from '../support/tokens.js';
import { channelIn, userCalled } from '../support/names.js';
import { eventually, filled } from '../support/await.js';

test('subscribes a client to the channels of its token', async t => {
  const user = userCalled('alice');
  const channels = [channelIn('chat'), channelIn('cursor')];
  const client = await connected(t, user, { token: connectionToken(user, { channels }) });
  for (const channel of channels) {
    await client.told('subscribed', channel);
    await publish(channel, { to: channel });
    const [publication] = await client.told('publication', channel);
    assert.deepEqual(publication.data, { to: channel });
  }
});

test('subscribes with what the token says: info, data, and options that override the namespace', async t => {
  const user = userCalled('alice');
  const channel = channelIn('$news');
  const subs = {
    [channel]: { info: { role: 'editor' }, data: { hello: 1 }, override: { join_leave: { value: true }, force_push_join_leave: { value: true } } },
  };
  const client = await connected(t, user, { token: connectionToken(user, { subs }) });
  const [subscribed] = await client.told('subscribed', channel);
  assert.deepEqual(subscribed.data, { hello: 1 });
  const [join] = await client.told('join', channel);
  assert.deepEqual([join.info.client, join.info.chanInfo], [client.clientId, { role: 'editor' }]);
});

test('recovers server-side subscriptions', async t => {
  const user = userCalled('alice');
  const channel = channelIn('chat');
  const client = await connected(t, user, { token: connectionToken(user, { channels: [channel] }) });
  await client.told('subscribed', channel);
  await publish(channel, 1);
  await client.told('publication', channel);
  client.network.cut();
  await publishAll(channel, [2, 3]);
  client.network.restore();
  await client.isConnected(2);
  await client.told('publication', channel, 3);
  await publish(channel, 4);
  const publications = await client.told('publication', channel, 4);
  assert.deepEqual(publications.map(publication => publication.data), [1, 2, 3, 4]);
});

test('subscribes and unsubscribes a user on the backend\'s word, on all connections', async t => {
  const user = userCalled('alice');
  const [one, other] = [await connected(t, user), await connected(t, user)];
  const stranger = await connected(t, userCalled('bob'));
  const channel = channelIn('chat');
  await subscribed(user, channel, [one, other], { data: { welcome: true } });
  await publish(channel, 'first');
  for (const client of [one, other]) {
    const [context] = await client.told('subscribed', channel);
    assert.deepEqual(context.data, { welcome: true });
    const [publication] = await client.told('publication', channel);
    assert.deepEqual([publication.data, publication.offset], ['first', 1]);
  }
  await call('unsubscribe', { user, channel });
  await Promise.all([one, other].map(client => client.told('unsubscribed', channel)));
  await publish(channel, 'unheard');
  assert.equal((await call('presence_stats', { channel })).num_clients, 0);
  assert.deepEqual(stranger.serverSide, []);
});

test('subscribes one connection of a user only, when it is named', async t => {
  const user = userCalled('alice');
  const [one, other] = [await connected(t, user), await connected(t, user)];
  const channel = channelIn('chat');
  await subscribed(user, channel, [one], { client: one.clientId });
  const { presence } = await call('presence', { channel });
  assert.deepEqual(Object.keys(presence), [one.clientId]);
  assert.deepEqual(other.serverSide, []);
});

test('brings a subscriber up to date from the position that the backend names', async t => {
  const user = userCalled('alice');
  const channel = channelIn('chat');
  const [first] = await publishAll(channel, [1, 2, 3]);
  const client = await connected(t, user);
  await subscribed(user, channel, [client], { recover_since: { offset: 1, epoch: first.epoch } });
  const publications = await client.told('publication', channel, 2);
  assert.deepEqual(publications.map(publication => publication.data), [2, 3]);
});

test('ends a client-side subscription for good with 2000 when the backend unsubscribes it', async t => {
  const user = userCalled('alice');
  const client = await connected(t, user);
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await eventually('the backend knows the connection', async () => {
    await call('unsubscribe', { user, channel });
    return feed.unsubscribed.length > 0;
  });
  const { code, reason } = await feed.isUnsubscribed();
  assert.deepEqual({ code, reason }, { code: 2000, reason: 'server unsubscribe' });
  assert.equal((await call('presence_stats', { channel })).num_clients, 0);
  assert.equal(client.centrifuge.state, 'connected');
  feed.subscription.subscribe();
  await feed.isSubscribed(2);
});

for (const [code, reason, comesBack] of [
  [3001, 'shutdown', true], [4100, 'try again', true], [5000, 'as well', true],
  [3503, 'force disconnect', false], [4500, 'be gone', false],
]) {
  test(`disconnects a user with ${code}, ${comesBack ? 'who comes back' : 'for good'}`, async t => {
    const user = userCalled('alice');
    const client = await connected(t, user);
    const contexts = comesBack ? client.connecting : client.disconnected;
    const known = contexts.length;
    await eventually('the backend knows the connection', async () => {
      await call('disconnect', { user, disconnect: { code, reason } });
      return contexts.length > known;
    });
    const context = contexts[known];
    assert.deepEqual([context.code, context.reason], [code, reason]);
    if (comesBack) {
      await client.isConnected(2);
    } else {
      assert.equal(client.centrifuge.state, 'disconnected');
    }
  });
}

test('disconnects with 3503 by default, and spares the whitelist', async t => {
  const user = userCalled('alice');
  const [spared, other] = [await connected(t, user), await connected(t, user)];
  await eventually('the backend knows the connection', async () => {
    await call('disconnect', { user, whitelist: [spared.clientId] });
    return other.disconnected.length > 0;
  });
  assert.equal(other.disconnected[0].code, 3503);
  assert.equal(spared.centrifuge.state, 'connected');
  assert.equal(spared.connecting.length, 1);
});

test('ends a server-side subscription with its connection', async t => {
  const channel = channelIn('chat');
  const user = userCalled('alice');
  const client = await connected(t, user, { token: connectionToken(user, { channels: [channel] }) });
  await client.told('subscribed', channel);
  client.centrifuge.disconnect();
  await filled('disconnected', client.disconnected, 1);
  await eventually('nobody is left', async () => (await call('presence_stats', { channel })).num_clients === 0);
});

/** Subscribes a user; a connection may be found by its user only a moment after it has connected. */
async function subscribed(user, channel, clients, more = {}) {
  const isTold = client => client.serverSide.some(one => one.event === 'subscribed' && one.channel === channel);
  await eventually('the backend knows the connections', async () => {
    await call('subscribe', { user, channel, ...more });
    return clients.every(isTold);
  });
}
