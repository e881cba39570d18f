import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnauthorizedError, connected } from '../support/client.js';
import { call, publish } from '../support/server-api.js';
import { connectionToken, inSeconds, subscriptionToken } from '../support/tokens.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { eventually } from '../support/await.js';

test('says what a subscription can do', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  await publish(channel, 'before');
  const { wasRecovering, recovered, recoverable, positioned, streamPosition } =
    await (await client.subscribe(channel)).isSubscribed();
  assert.deepEqual(
    { wasRecovering, recovered, recoverable, positioned },
    { wasRecovering: false, recovered: false, recoverable: true, positioned: true },
  );
  assert.equal(streamPosition.offset, 1);
  assert.ok(streamPosition.epoch.length > 0);
});

test('gives a subscriber positions and recovery only where the namespace lets it ask', async t => {
  const client = await connected(t, userCalled('alice'));
  const plain = await (await client.subscribe(channelIn('optional'))).isSubscribed();
  assert.deepEqual([plain.positioned, plain.recoverable], [false, false]);
  const asking = await client.subscribe(channelIn('optional'), { positioned: true, recoverable: true });
  const granted = await asking.isSubscribed();
  assert.deepEqual([granted.positioned, granted.recoverable], [true, true]);
  const vain = await client.subscribe(channelIn('news'), { positioned: true, recoverable: true });
  const refused = await vain.isSubscribed();
  assert.deepEqual([refused.positioned, refused.recoverable], [false, false]);
});

for (const [what, name, code] of [
  ['a namespace that is not configured', 'unheard-of:x', 102],
  ['a channel that users may not subscribe to', 'without-namespace', 103],
  ['a private channel without a token', '$chat:secret', 103],
  ['a channel for other users', 'dialog:#bob,carol', 103],
  ['a name that is not ASCII', 'chat:grüße', 107],
  ['a name of 256 bytes', `chat:${'x'.repeat(251)}`, 107],
]) {
  test(`refuses ${what} with ${code}, and lets the neighbours be`, async t => {
    const client = await connected(t, userCalled('alice'));
    const good = await client.subscribe(channelIn('chat'));
    const bad = client.follow(name);
    assert.equal((await bad.isUnsubscribed()).code, code);
    assert.equal(good.subscription.state, 'subscribed');
    assert.equal(client.connecting.length, 1);
  });
}

test('lets those into a user-limited channel whom it names', async t => {
  const [alice, bob] = [userCalled('alice'), userCalled('bob')];
  const channel = `dialog:#${alice},${bob}`;
  const client = await connected(t, bob);
  const feed = await client.subscribe(channel);
  await publish(channel, 'for two');
  assert.deepEqual(await feed.received(1), ['for two']);
});

test('lets a token into a private channel, with what it says about the subscriber', async t => {
  const user = userCalled('alice');
  const channel = channelIn('$chat');
  const client = await connected(t, user);
  const feed = await client.subscribe(channel, {
    token: subscriptionToken(user, channel, { info: { role: 'moderator' } }),
  });
  const { clients } = await feed.subscription.presence();
  assert.deepEqual(clients[client.clientId].chanInfo, { role: 'moderator' });
});

test('ends with 3500 when the subscription token is for another channel or user', async t => {
  for (const [user, channel] of [[() => 'mallory', name => name], [name => name, () => '$chat:other']]) {
    const alice = userCalled('alice');
    const wanted = channelIn('$chat');
    const client = await connected(t, alice);
    client.follow(wanted, { token: subscriptionToken(user(alice), channel(wanted)) });
    assert.equal((await client.isDisconnected()).code, 3500);
  }
});

test('hears nothing any more once it has unsubscribed, and all again after it came back', async t => {
  const client = await connected(t, userCalled('alice'));
  const witness = await connected(t, userCalled('bob'));
  const channel = channelIn('cursor');
  const feed = await client.subscribe(channel);
  const witnessing = await witness.subscribe(channel);
  feed.subscription.unsubscribe();
  await eventually('the unsubscribe is answered', () =>
    client.network.lines().some(line => JSON.parse(line).unsubscribe));
  await eventually('nobody but the witness is there', async () =>
    (await call('presence_stats', { channel })).num_clients === 1);
  await publish(channel, 'unheard');
  await witnessing.received(1);
  feed.subscription.subscribe();
  await feed.isSubscribed(2);
  await publish(channel, 'heard');
  assert.deepEqual(await feed.received(1), ['heard']);
});

test('ends in the state of the last call after many fast ones', async t => {
  const client = await connected(t, userCalled('alice'));
  const feeds = numbers(1, 6).map(() => ({ channel: channelIn('chat') }));
  for (const feed of feeds) {
    feed.calls = client.follow(feed.channel);
  }
  const endSubscribed = (_, index) => index % 2 === 0;
  for (let round = 0; round < 10; round++) {
    feeds.forEach(({ calls }) => calls.subscription.unsubscribe());
    feeds.forEach(({ calls }) => calls.subscription.subscribe());
  }
  feeds.filter((...args) => !endSubscribed(...args)).forEach(({ calls }) => calls.subscription.unsubscribe());

  for (const { channel, calls } of feeds.filter(endSubscribed)) {
    await client.isAnswered(channel);
    await calls.isIn();
    await publish(channel, 'you are in');
    assert.deepEqual(await calls.receivedUpTo('you are in'), ['you are in']);
    assert.deepEqual(Object.keys((await call('presence', { channel })).presence), [client.clientId]);
  }
  for (const { channel, calls } of feeds.filter((...args) => !endSubscribed(...args))) {
    await eventually(`nobody is in ${channel}`, async () =>
      (await call('presence_stats', { channel })).num_clients === 0);
    assert.equal(calls.subscription.state, 'unsubscribed');
  }
  assert.equal(client.connecting.length, 1, `reconnected: ${JSON.stringify(client.connecting)}`);
});

test('passes on the data that the application sends along', async t => {
  const user = userCalled('alice');
  const client = await connected(t, user, { token: connectionToken(user, { info: { name: 'Alice' } }) });
  const other = await connected(t, userCalled('bob'));
  const channel = channelIn('chat');
  const watching = await other.subscribe(channel);
  await client.subscribe(channel, { data: { from: 'here' } });
  const [, joined] = await eventually('both joins', () => watching.joined.length >= 2 && watching.joined);
  assert.deepEqual(joined.connInfo, { name: 'Alice' });
  assert.equal(joined.user, user);
});
