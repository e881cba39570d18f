import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, connected } from '../support/client.js';
import { connectionToken } from '../support/tokens.js';
import { channelIn, userCalled } from '../support/names.js';

test('lets a visitor without a token in, as far as the namespace lets anonymous users', async t => {
  const visitor = new Client(t, { token: '' });
  await visitor.connect();
  const channel = channelIn('open');
  const feed = await visitor.subscribe(channel);
  assert.equal((await feed.subscription.presence()).clients[visitor.clientId].user, '');
  await assert.rejects(feed.subscription.publish('x'), { code: 103 });
  assert.equal((await visitor.follow(channelIn('chat')).isUnsubscribed()).code, 103);

  const user = await connected(t, userCalled('alice'));
  await user.centrifuge.publish(channel, 'welcome');
  assert.deepEqual(await feed.received(1), ['welcome']);
});

test('takes a token without a user for an anonymous one', async t => {
  const visitor = new Client(t, { token: connectionToken('') });
  await visitor.connect();
  assert.equal((await visitor.follow(channelIn('chat')).isUnsubscribed()).code, 103);
  await visitor.subscribe(channelIn('open'));
});
