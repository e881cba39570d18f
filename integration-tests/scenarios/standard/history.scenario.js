import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from '../support/client.js';
import { call, publish, publishAll } from '../support/server-api.js';
import { channelIn, numbers, userCalled } from '../support/names.js';

const data = ({ publications }) => publications.map(publication => publication.data);

test('reads the history from both ends and in pages', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const { subscription } = await client.subscribe(channel);
  const empty = await subscription.history({ limit: 10 });
  assert.deepEqual([empty.publications, empty.offset], [[], 0]);
  await publishAll(channel, numbers(1, 12));

  const position = await subscription.history({ limit: 0 });
  assert.deepEqual([position.publications, position.offset], [[], 12]);
  assert.ok(position.epoch.length > 0);
  assert.deepEqual(data(await subscription.history({ limit: 5 })), numbers(1, 5));
  assert.deepEqual(data(await subscription.history({ limit: -1 })), numbers(1, 12));
  assert.deepEqual(data(await subscription.history({ limit: 3, reverse: true })), [12, 11, 10]);

  const { epoch } = position;
  assert.deepEqual(data(await subscription.history({ limit: 4, since: { offset: 5, epoch } })), [6, 7, 8, 9]);
  assert.deepEqual(data(await subscription.history({ limit: 4, since: { offset: 12, epoch } })), []);
  assert.deepEqual(data(await subscription.history({ limit: 2, since: { offset: 5, epoch }, reverse: true })), [4, 3]);
});

test('keeps only as many as the namespace says', async t => {
  const channel = channelIn('brief');
  await publishAll(channel, numbers(1, 9));
  const { publications, offset } = await call('history', { channel, limit: 100 });
  assert.deepEqual([publications.map(one => one.data), offset], [numbers(5, 9), 9]);
});

test('answers no more at once than the limit, and than fits one message', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const { subscription } = await client.subscribe(channel);
  await publishAll(channel, numbers(1, 20).map(number => ({ number, filler: 'x'.repeat(10_000) })));
  const read = [];
  let since;
  while (read.length < 20) {
    const { publications, epoch } = await subscription.history({ limit: 100, since });
    assert.ok(publications.length > 0, `only ${read} came`);
    read.push(...publications.map(publication => publication.data.number));
    since = { offset: publications.at(-1).offset, epoch };
  }
  assert.deepEqual(read, numbers(1, 20));
});

test('answers 112 for the position of another history', async t => {
  const client = await connected(t, userCalled('alice'));
  const channel = channelIn('chat');
  const { subscription } = await client.subscribe(channel);
  await publish(channel, 1);
  await assert.rejects(subscription.history({ limit: 1, since: { offset: 0, epoch: 'another' } }), { code: 112 });
});

test('answers 103 and 108 where there is no right and no history', async t => {
  const client = await connected(t, userCalled('alice'));
  const news = await client.subscribe(channelIn('news'));
  await assert.rejects(news.subscription.history({ limit: 1 }), { code: 103 });
  await assert.rejects(client.centrifuge.history(channelIn('chat'), { limit: 1 }), { code: 103 });
  await assert.rejects(call('history', { channel: channelIn('cursor') }), { code: 108 });
});

test('drops the history on request; the position stays', async t => {
  const channel = channelIn('chat');
  await publishAll(channel, [1, 2, 3]);
  await call('history_remove', { channel });
  const after = await call('history', { channel, limit: 10 });
  assert.deepEqual([after.publications, after.offset], [[], 3]);
  assert.equal((await publish(channel, 4)).offset, 4);
  assert.deepEqual((await call('history', { channel, limit: 10 })).publications.map(one => one.data), [4]);
});
