import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/await.js';
import { Client, connected } from '../support/client.js';
import { beatUntil } from '../support/control.js';
import { channelIn, userCalled } from '../support/names.js';

/** Enough seconds to connect and subscribe first, on a busy machine too. */
const SOON = 4;
const GENEROUS = 40_000;

describe('the connect proxy', { concurrency: true }, () => {
  test('says who a client without a token is', async t => {
    const user = userCalled('alice');
    const client = new Client(t, { token: '', data: { as: user }, headers: { Authorization: 'Bearer x' } });
    assert.deepEqual((await client.connect()).data, { header: 'Bearer x' });
    assert.deepEqual((await client.centrifuge.rpc('greet', { name: 'bob' })).data, { hello: 'bob', from: user });
  });

  test('is not asked about a client with a token', async t => {
    const client = await connected(t, userCalled('alice'), { data: { as: 'banned' } });
    assert.equal(client.disconnected.length, 0);
  });

  test('refuses with an error of its own', async t => {
    const client = new Client(t, { token: '', data: { as: 'refused' } });
    client.centrifuge.connect();
    assert.deepEqual(await client.isDisconnected(), { code: 1001, reason: 'not today' });
  });

  test('ends the connection with a code of its own', async t => {
    const client = new Client(t, { token: '', data: { as: 'banned' } });
    client.centrifuge.connect();
    assert.deepEqual(await client.isDisconnected(), { code: 4501, reason: 'banned' });
  });
});

describe('the refresh proxy', { concurrency: true }, () => {
  test('lets a connection stay that has expired', async t => {
    const user = userCalled('alice');
    const { client, diary } = await guest(t, user, { seconds: SOON });
    const [{ request }] = await beatUntil('it is asked', () => asked(diary, 'refresh'), GENEROUS);
    assert.equal(request.user, user);
    assert.equal(request.client, client.clientId);
    assert.equal((await client.centrifuge.rpc('greet', { name: 'you' })).data.from, user);
    assert.equal(client.disconnected.length, 0);
  });

  test('ends one with 3005', async t => {
    const { client } = await guest(t, userCalled('leaving'), { seconds: SOON });
    await beatUntil('it is over', () => client.connecting.some(({ code }) => code === 3005), GENEROUS);
  });
});

describe('the subscribe proxy', { concurrency: true }, () => {
  test('lets a client in, with data', async t => {
    const { client } = await guest(t, userCalled('alice'));
    const feed = await client.subscribe(channelIn('chat'), { data: { since: 'yesterday' } });
    assert.deepEqual(feed.subscribed[0].data, { welcome: { since: 'yesterday' } });
  });

  test('keeps it out', async t => {
    const { client } = await guest(t, userCalled('alice'));
    const { code, reason } = await client.follow(channelIn('chat') + '-closed').isUnsubscribed();
    assert.deepEqual({ code, reason }, { code: 403, reason: 'not a member' });
  });

  test('can be a function in Java', async t => {
    const { client } = await guest(t, userCalled('alice'));
    const feed = await client.subscribe(channelIn('room') + '-even');
    assert.deepEqual(feed.subscribed[0].data, { asked: 'subscribe' });
    assert.equal((await client.follow(channelIn('room') + '-odd').isUnsubscribed()).code, 403);
  });
});

describe('the sub_refresh proxy', { concurrency: true }, () => {
  test('lets a subscription stay that has expired', async t => {
    const { client, diary } = await guest(t, userCalled('alice'));
    const channel = channelIn('chat');
    const feed = await client.subscribe(channel, { data: { seconds: SOON } });
    const [{ request }] = await beatUntil('it is asked', () => asked(diary, 'sub_refresh'), GENEROUS);
    assert.equal(request.channel, channel);
    await feed.subscription.publish({ say: 'still here' });
    assert.equal((await feed.received(1))[0].say, 'still here');
  });

  test('ends one, after which the client asks again', async t => {
    const { client, diary } = await guest(t, userCalled('alice'));
    const feed = await client.subscribe(channelIn('chat') + '-leaving', { data: { seconds: SOON } });
    await beatUntil('it is over', () => feed.subscribing.some(({ code }) => code === 2501), GENEROUS);
    assert.equal(asked(diary, 'sub_refresh').length >= 1, true);
  });
});

describe('the publish proxy', { concurrency: true }, () => {
  test('changes what is published', async t => {
    const user = userCalled('alice');
    const { client } = await guest(t, user);
    const feed = await client.subscribe(channelIn('chat'));
    await feed.subscription.publish({ say: 'hello' });
    assert.deepEqual(await feed.received(1), [{ say: 'hello', by: user }]);
    assert.deepEqual(feed.publications[0].tags, { checked: 'yes' });
  });

  test('refuses a publication', async t => {
    const { client } = await guest(t, userCalled('alice'));
    const feed = await client.subscribe(channelIn('chat'));
    await assert.rejects(feed.subscription.publish({ say: 'rude' }), { code: 1002, message: 'mind your words' });
    await feed.subscription.publish({ say: 'sorry' });
    assert.deepEqual((await feed.received(1)).map(({ say }) => say), ['sorry']);
  });

  test('ends the connection of who publishes', async t => {
    const { client } = await guest(t, userCalled('alice'));
    const feed = await client.subscribe(channelIn('chat'));
    feed.subscription.publish({ say: 'fatal' }).catch(() => {});
    assert.deepEqual(await client.isDisconnected(), { code: 4502, reason: 'that was too much' });
  });
});

test('the rpc proxy answers with an error of its own', async t => {
  const { client } = await guest(t, userCalled('alice'));
  await assert.rejects(client.centrifuge.rpc('vanish', {}), { code: 404, message: 'no vanish' });
});

test('a backend that is down is left alone for a while, and then tried again', async t => {
  const { client, diary } = await guest(t, userCalled('alice'));
  const call = down => client.centrifuge.rpc('fragile:call', { diary, down });
  for (let i = 0; i < 3; i++) {
    await assert.rejects(call(true), { code: 100 });
  }
  const calls = () => lines(diary).filter(line => line === 'called').length;
  assert.equal(calls(), 3);
  // While it is left alone, commands are refused without a call.
  const answer = await eventually('it is tried again', async () => {
    await pause(250);
    return call(false).catch(({ code }) => assert.equal(code, 100));
  });
  assert.equal(answer.data, 'up');
  assert.equal(calls(), 4);
});

/** Connects somebody whose backend keeps a diary. */
async function guest(t, user, { seconds } = {}) {
  const diary = join(mkdtempSync(join(tmpdir(), 'carillon-')), 'diary');
  const client = new Client(t, { token: '', data: { as: user, diary, seconds } });
  await client.connect();
  return { client, diary };
}

/** What the backend was asked of this kind; undefined while there is nothing. */
function asked(diary, kind) {
  const found = lines(diary).filter(line => line.startsWith('{')).map(line => JSON.parse(line)).filter(one => one.asked === kind);
  return found.length > 0 ? found : undefined;
}

function lines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
