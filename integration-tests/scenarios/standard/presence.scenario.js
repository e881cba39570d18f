import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment } from '../support/deployment.js';
import { connected } from '../support/client.js';
import { call, publish } from '../support/server-api.js';
import { connectionToken, subscriptionToken } from '../support/tokens.js';
import { channelIn, userCalled } from '../support/names.js';
import { eventually, filled } from '../support/await.js';

test('says who is there, with what their tokens say of them', async t => {
  const [alice, bob] = [userCalled('alice'), userCalled('bob')];
  const channel = channelIn('chat');
  const one = await connected(t, alice, { token: connectionToken(alice, { info: { name: 'Alice' } }) });
  const other = await connected(t, bob);
  const feed = await one.subscribe(channel);
  await other.subscribe(channel, { token: subscriptionToken(bob, channel, { info: { guest: true } }) });
  const { clients } = await feed.subscription.presence();
  assert.equal(Object.keys(clients).length, 2);
  const [hers, his] = [clients[one.clientId], clients[other.clientId]];
  assert.deepEqual([hers.user, hers.connInfo, hers.chanInfo], [alice, { name: 'Alice' }, undefined]);
  assert.deepEqual([his.user, his.connInfo, his.chanInfo], [bob, undefined, { guest: true }]);
  assert.deepEqual({ ...(await feed.subscription.presenceStats()) }, { numClients: 2, numUsers: 2 });
});

test('counts somebody as present as soon as the subscription is answered', async t => {
  const client = await connected(t, userCalled('alice'));
  for (let round = 0; round < 10; round++) {
    const channel = channelIn('chat');
    const feed = await client.subscribe(channel);
    assert.deepEqual(Object.keys((await feed.subscription.presence()).clients), [client.clientId]);
    assert.deepEqual(Object.keys((await call('presence', { channel })).presence), [client.clientId]);
  }
});

test('tells subscribers once who joins and who leaves', async t => {
  const [alice, bob] = [await connected(t, userCalled('alice')), await connected(t, userCalled('bob'))];
  const channel = channelIn('chat');
  const watching = await alice.subscribe(channel);
  const visit = await bob.subscribe(channel);
  await filled('join', watching.joined, 2);
  visit.subscription.unsubscribe();
  await filled('leave', watching.left, 1);
  visit.subscription.subscribe();
  await filled('join', watching.joined, 3);
  bob.centrifuge.disconnect();
  await filled('leave', watching.left, 2);
  const clients = infos => infos.map(info => info.client);
  assert.deepEqual(clients(watching.joined), [alice.clientId, bob.clientId, bob.clientId]);
  assert.deepEqual(clients(watching.left), [bob.clientId, bob.clientId]);
  assert.equal(watching.joined[1].user, bob.user);
});

test('tells only those who ask where the namespace does not force it', async t => {
  const [asking, silent, visitor] = await Promise.all(
    ['asking', 'silent', 'visitor'].map(name => connected(t, userCalled(name))));
  const channel = channelIn('optional');
  const feed = await asking.subscribe(channel, { joinLeave: true });
  const quiet = await silent.subscribe(channel);
  const visit = await visitor.subscribe(channel);
  await filled('join', feed.joined, 3);
  visit.subscription.unsubscribe();
  await filled('leave', feed.left, 1);
  await publish(channel, 'after that');
  await quiet.received(1);
  assert.deepEqual([quiet.joined, quiet.left], [[], []]);
});

test('lets somebody whose socket was cut leave, and join again as a new connection', async t => {
  const [alice, bob] = [await connected(t, userCalled('alice')), await connected(t, userCalled('bob'))];
  const channel = channelIn('chat');
  const watching = await alice.subscribe(channel);
  await bob.subscribe(channel);
  await filled('join', watching.joined, 2);
  const before = bob.clientId;
  bob.network.drop();
  await bob.isConnected(2);
  await filled('leave', watching.left, 1);
  await filled('join', watching.joined, 3);
  assert.equal(watching.left[0].client, before);
  assert.equal(watching.joined[2].client, bob.clientId);
  const { clients } = await watching.subscription.presence();
  assert.deepEqual(new Set(Object.keys(clients)), new Set([alice.clientId, bob.clientId]));
});

test('shows presence to nobody who may not see it', async t => {
  const client = await connected(t, userCalled('alice'));
  const news = await client.subscribe(channelIn('news'));
  await assert.rejects(news.subscription.presence(), { code: 103 });
  await assert.rejects(news.subscription.presenceStats(), { code: 103 });
  await assert.rejects(client.centrifuge.presence(channelIn('chat')), { code: 103 });
  await assert.rejects(call('presence', { channel: channelIn('brief') }), { code: 108 });
});

test('forgets who is gone from every channel', { skip: deployment.transport === 'long-poll' && 'a torn long-poll is seen to be gone only minutes later' }, async t => {
  const client = await connected(t, userCalled('alice'));
  const channels = [channelIn('chat'), channelIn('cursor'), channelIn('news')];
  await Promise.all(channels.map(channel => client.subscribe(channel)));
  client.network.cut();
  for (const channel of channels) {
    await eventually(`${channel} is empty`, async () => (await call('presence_stats', { channel })).num_clients === 0);
  }
});
