import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { beatUntil } from '../support/control.js';
import { RawClient, rawSession } from '../support/raw.js';
import { call } from '../support/server-api.js';
import { connectionToken, inSeconds, subscriptionToken } from '../support/tokens.js';
import { channelIn, userCalled } from '../support/names.js';

/** Enough seconds to connect and subscribe first, on a busy machine too. */
const SOON = 4;

/** A socket has 15 seconds to say who it is. */
const LONGER_THAN_STALE = 40_000;

describe('the heartbeat', { concurrency: true }, () => {
  test('ends a connection with 3005 when its token has expired and nobody refreshed it', async t => {
    const user = userCalled('alice');
    const client = await rawSession(t, user, { token: connectionToken(user, { exp: inSeconds(SOON) }) });
    await beatUntil('the end is pushed', () => client.has('disconnect'));
    assert.deepEqual(await client.disconnect(), { code: 3005, reason: 'connection expired' });
  });

  test('ends a subscription with 2501 when its token has expired and nobody refreshed it', async t => {
    const user = userCalled('alice');
    const channel = channelIn('$chat');
    const client = await rawSession(t, user);
    client.send({ id: 2, subscribe: { channel, token: subscriptionToken(user, channel, { exp: inSeconds(SOON) }) } });
    assert.equal((await client.reply(2)).subscribe.expires, true);
    await beatUntil('the end is pushed', () => client.has('unsubscribe'));
    const push = await client.push('unsubscribe');
    assert.deepEqual(push, { channel, unsubscribe: { code: 2501, reason: 'subscription expired' } });
    assert.equal((await call('presence_stats', { channel })).num_clients, 0);
  });

  test('ends with 3502 a socket that never says who it is', async t => {
    const client = await new RawClient(t).open();
    await beatUntil('the end is pushed', () => client.has('disconnect'), LONGER_THAN_STALE);
    assert.deepEqual(await client.disconnect(), { code: 3502, reason: 'stale' });
  });
});
