import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually } from '../support/await.js';
import { connected } from '../support/client.js';
import { control } from '../support/control.js';
import { leftOut } from '../support/left-out.js';
import { channelIn, numbers, userCalled } from '../support/names.js';
import { call, publish } from '../support/server-api.js';
import { Webhook } from '../support/webhook.js';

describe('a webhook', { concurrency: true, skip: leftOut('a webhook') }, () => {
  test('is told of clients that come and go', async t => {
    const webhook = await subscribed(t);
    const channel = channelIn('chat');
    const user = userCalled('alice');
    const client = await connected(t, user);
    const { clientId } = client;
    await client.subscribe(channel);

    assert.deepEqual((await webhook.told('connected', clientId)).data, { user, client: clientId });
    assert.equal((await webhook.told('occupied', channel)).data.channel, channel);
    assert.deepEqual((await webhook.told('join', channel)).data.info, { user, client: clientId });

    client.centrifuge.disconnect();
    assert.deepEqual((await webhook.told('leave', channel)).data.info, { user, client: clientId });
    assert.equal((await webhook.told('vacated', channel)).data.namespace, 'chat');
    assert.deepEqual((await webhook.told('disconnected', clientId)).data, { user, client: clientId });
    assert.deepEqual(webhook.problems, []);
  });

  test('finds each publication in the log when it is told of it, and is told of each', async t => {
    const webhook = await subscribed(t);
    const channel = channelIn('chat');
    const missing = [];
    webhook.onEvent = async ({ type, subject, data }) => {
      if (type === 'io.carillon.publication.v1' && subject === channel) {
        const { publications, epoch } = await call('history', { channel, limit: 100 });
        const found = publications.find(({ offset }) => offset === data.offset);
        if (epoch !== data.epoch || JSON.stringify(found?.data) !== JSON.stringify(data.data)) {
          missing.push(data);
        }
      }
    };
    const alice = await connected(t, userCalled('alice'));
    const feed = await alice.subscribe(channel);
    await alice.centrifuge.publish(channel, { n: 1 });
    for (const n of numbers(2, 10)) {
      await publish(channel, { n });
    }
    assert.equal((await feed.received(10)).length, 10);
    const { epoch } = await call('history', { channel });
    const ids = numbers(1, 10).map(offset => `publication:${channel}:${epoch}:${offset}`);
    await eventually('all ten', () => ids.every(id => webhook.events.has(id)), 60_000);
    assert.deepEqual(missing, []);
    const offsets = webhook.about('publication', channel).map(({ data }) => data.offset);
    assert.deepEqual(offsets.sort((first, second) => first - second), numbers(1, 10));
    assert.deepEqual(webhook.problems, []);
  });

  test('gets what it has refused twice', async t => {
    const webhook = await subscribed(t);
    const channel = channelIn('chat');
    webhook.refuses = ({ subject }) => subject === channel && webhook.refused < 2;
    await publish(channel, { text: 'again' });
    assert.deepEqual((await webhook.told('publication', channel)).data.data, { text: 'again' });
    assert.equal(webhook.refused, 2);
    assert.deepEqual(webhook.problems, []);
  });

  test('knows by its id what comes twice, since the answer got lost', async t => {
    const webhook = await subscribed(t);
    const channel = channelIn('chat');
    webhook.loses = ({ id, subject }) => subject === channel && webhook.arrivals.get(id) === 1;
    await publish(channel, { text: 'once' });
    const { id } = await webhook.told('publication', channel);
    await eventually('it comes again', () => webhook.arrivals.get(id) === 2, 60_000);
    assert.equal(webhook.about('publication', channel).length, 1);
    assert.deepEqual(webhook.problems, []);
  });

  test('is not told of a namespace that asks for no events', async t => {
    const webhook = await subscribed(t);
    const [quiet, chat] = [channelIn('quiet'), channelIn('chat')];
    await publish(quiet, { n: 1 });
    await publish(chat, { n: 2 });
    await webhook.told('publication', chat);
    assert.deepEqual(webhook.about('publication', quiet), []);
  });
});

async function subscribed(t) {
  const webhook = await Webhook.open(t);
  await control.webhook(webhook.url);
  await webhook.isConfirmed();
  return webhook;
}
