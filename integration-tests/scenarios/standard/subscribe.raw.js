import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawSession } from '../support/raw.js';
import { channelIn, numbers, userCalled } from '../support/names.js';

test('answers 105 to a second subscribe command right behind the first', async t => {
  const client = await rawSession(t, userCalled('alice'));
  const channel = channelIn('chat');
  client.send({ id: 2, subscribe: { channel } }, { id: 3, subscribe: { channel } });
  assert.equal((await client.reply(3)).error.code, 105);
  assert.ok((await client.reply(2)).subscribe);
});

test('answers 106 to one subscription too many, and keeps the others', async t => {
  const client = await rawSession(t, userCalled('alice'));
  const channels = numbers(1, 61).map(() => channelIn('cursor'));
  client.send(...channels.map((channel, index) => ({ id: index + 2, subscribe: { channel } })));
  assert.equal((await client.reply(62)).error.code, 106);
  assert.ok((await client.reply(61)).subscribe);
  client.send({ id: 63, unsubscribe: { channel: channels[0] } });
  await client.reply(63);
  client.send({ id: 64, subscribe: { channel: channels[60] } });
  assert.ok((await client.reply(64)).subscribe);
});
