import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { beatUntil, connectionIdOf, control } from '../support/control.js';
import { publish, publishAll } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { eventually, filled } from '../support/await.js';

test('pings every connection with an empty object', async t => {
  const client = await connected(t, userCalled('alice'));
  assert.equal(JSON.parse(client.network.lines()[0]).connect.ping, 60);
  await beatUntil('a ping arrives', () => client.network.received.includes('{}'));
  assert.equal(client.connecting.length, 1);
});

test('finds those that went without a $disconnect: they leave presence, and the others are told', async t => {
  await control.disconnects('never');
  t.after(() => control.disconnects('prompt'));
  const witness = await connected(t, userCalled('witness'));
  const channel = channelIn('chat');
  const watching = await witness.subscribe(channel);
  const [lost, connection] = await connectionIdOf(() => connected(t, userCalled('lost')));
  await lost.subscribe(channel);
  await filled('join', watching.joined, 2);
  const gone = lost.clientId;
  lost.network.isCut = true;
  await control.cut(connection);
  assert.equal((await watching.subscription.presenceStats()).numClients, 2, 'nobody has noticed yet');
  await beatUntil('the leave is announced', () => watching.left.length > 0);
  assert.deepEqual(watching.left.map(info => info.client), [gone]);
  const clients = async () => Object.keys((await watching.subscription.presence()).clients);
  await eventually('it has left presence', async () => (await clients()).length === 1);
  assert.deepEqual(await clients(), [witness.clientId]);
});

test('finds a lost one sooner when something is published to it', async t => {
  await control.disconnects('never');
  t.after(() => control.disconnects('prompt'));
  const witness = await connected(t, userCalled('witness'));
  const channel = channelIn('chat');
  const watching = await witness.subscribe(channel);
  const lost = await connected(t, userCalled('lost'));
  await lost.subscribe(channel);
  lost.network.cut();
  await eventually('the leave is announced', async () => {
    await publish(channel, 'are you there?');
    return watching.left.length > 0;
  });
  // Everybody is told before the row is deleted, and the functions wait for neither.
  await eventually('it has left presence', async () =>
    (await watching.subscription.presenceStats()).numClients === 1);
});

test('lets one that comes back before it is found recover, and counts it once in the end', async t => {
  await control.disconnects('never');
  t.after(() => control.disconnects('prompt'));
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  client.network.cut();
  await publishAll(channel, [1, 2, 3]);
  client.network.restore();
  assert.equal((await feed.isSubscribed(2)).recovered, true);
  assert.deepEqual(await feed.received(3), [1, 2, 3]);
  await beatUntil('only the new connection is left', async () => {
    const { clients } = await feed.subscription.presence();
    return Object.keys(clients).length === 1 && clients[client.clientId];
  });
});

test('sends a subscriber that could not be reached away with 2500; it comes back and recovers', async t => {
  const channel = channelIn('chat');
  const witness = await connected(t, userCalled('witness'));
  const watching = await witness.subscribe(channel);
  const [client, connection] = await connectionIdOf(() => connected(t, userCalled('alice')));
  const feed = await client.subscribe(channel);
  await filled('join', watching.joined, 2);
  await publish(channel, 1);
  await feed.received(1);
  await control.refuse(connection);
  t.after(() => control.accept(connection));
  await publishAll(channel, [2, 3]);
  await watching.received(3);
  await eventually('the subscriber has noticed', () => feed.subscribing.length > 1);
  await control.accept(connection);
  assert.equal((await feed.isSubscribed(2)).recovered, true);
  await publish(channel, 4);
  assert.deepEqual(await feed.receivedUpTo(4), numbers(1, 4));
  assert.deepEqual(await watching.receivedUpTo(4), numbers(1, 4), 'nobody else waited or missed anything');
});

test('is not taken in by a false 410: the subscriber stays, and misses nothing', async t => {
  const [client, connection] = await connectionIdOf(() => connected(t, userCalled('alice')));
  const channel = channelIn('chat');
  const feed = await client.subscribe(channel);
  await control.deny(connection);
  t.after(() => control.accept(connection));
  await publishAll(channel, [1, 2, 3]);
  await control.accept(connection);
  await publish(channel, 4);
  assert.deepEqual(await feed.receivedUpTo(4), numbers(1, 4));
});
