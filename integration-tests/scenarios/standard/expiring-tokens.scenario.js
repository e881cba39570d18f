import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client, UnauthorizedError, connected } from '../support/client.js';
import { publish } from '../support/server-api.js';
import { connectionToken, inSeconds, subscriptionToken } from '../support/tokens.js';
import { channelIn, userCalled } from '../support/names.js';
import { eventually } from '../support/await.js';

/** Enough seconds to connect and subscribe first, on a busy machine too. */
const SOON = 5;

describe('tokens that expire', { concurrency: true }, () => {
  test('replaces an expired token and connects', async t => {
    const user = userCalled('alice');
    let asked = 0;
    const client = new Client(t, {
      user,
      token: connectionToken(user, { exp: inSeconds(-10) }),
      getToken: async () => {
        asked++;
        return connectionToken(user);
      },
    });
    await client.connect();
    assert.equal(asked, 1);
    assert.ok(client.network.lines().some(line => JSON.parse(line).error?.code === 109));
  });

  test('gives up with an expired token that nobody replaces', async t => {
    const user = userCalled('alice');
    const client = new Client(t, { user, token: connectionToken(user, { exp: inSeconds(-10) }) });
    client.centrifuge.connect();
    assert.equal((await client.isDisconnected()).code, 1);
  });

  test('refreshes the token when it expires, and stays connected', async t => {
    const user = userCalled('alice');
    let asked = 0;
    const client = new Client(t, {
      user,
      getToken: async () => {
        asked++;
        return connectionToken(user, { exp: inSeconds(asked === 1 ? SOON : 3_600) });
      },
    });
    await client.connect();
    const refreshed = await eventually('the refresh is answered', () =>
      client.network.lines().map(line => JSON.parse(line)).find(line => line.refresh));
    assert.equal(asked, 2);
    assert.equal(refreshed.refresh.expires, true);
    assert.ok(refreshed.refresh.ttl > 3_500, `ttl ${refreshed.refresh.ttl}`);
    assert.equal(client.connecting.length, 1);
    assert.equal(client.centrifuge.state, 'connected');
  });

  test('ends for good when the refreshed token is refused to the user', async t => {
    const user = userCalled('alice');
    let asked = 0;
    const client = new Client(t, {
      user,
      getToken: async () => {
        asked++;
        if (asked > 1) {
          throw new UnauthorizedError();
        }
        return connectionToken(user, { exp: inSeconds(SOON) });
      },
    });
    await client.connect();
    assert.equal((await client.isDisconnected()).code, 1);
  });

  test('ends with 3500 when it refreshes with the token of somebody else', async t => {
    const user = userCalled('alice');
    let asked = 0;
    const client = new Client(t, {
      user,
      getToken: async () => {
        asked++;
        return connectionToken(asked === 1 ? user : userCalled('mallory'), { exp: inSeconds(asked === 1 ? SOON : 3_600) });
      },
    });
    await client.connect();
    assert.equal((await client.isDisconnected()).code, 3500);
  });

  test('replaces an expired subscription token and subscribes', async t => {
    const user = userCalled('alice');
    const channel = channelIn('$chat');
    const client = await connected(t, user);
    let asked = 0;
    await client.subscribe(channel, {
      token: subscriptionToken(user, channel, { exp: inSeconds(-10) }),
      getToken: async () => {
        asked++;
        return subscriptionToken(user, channel);
      },
    });
    assert.equal(asked, 1);
  });

  test('refreshes a subscription token when it expires, and stays subscribed', async t => {
    const user = userCalled('alice');
    const channel = channelIn('$chat');
    const client = await connected(t, user);
    let asked = 0;
    const feed = await client.subscribe(channel, {
      getToken: async () => {
        asked++;
        return subscriptionToken(user, channel, { exp: inSeconds(asked === 1 ? SOON : 3_600) });
      },
    });
    const refreshed = await eventually('the refresh is answered', () =>
      client.network.lines().map(line => JSON.parse(line)).find(line => line.sub_refresh));
    assert.equal(asked, 2);
    assert.equal(refreshed.sub_refresh.expires, true);
    assert.ok(refreshed.sub_refresh.ttl > 3_500, `ttl ${refreshed.sub_refresh.ttl}`);
    await publish(channel, 'still there');
    assert.deepEqual(await feed.received(1), ['still there']);
    assert.equal(feed.subscribing.length, 1);
  });

  test('ends a subscription whose token nobody renews', async t => {
    const user = userCalled('alice');
    const channel = channelIn('$chat');
    const client = await connected(t, user);
    let asked = 0;
    const feed = client.follow(channel, {
      getToken: async () => {
        asked++;
        if (asked > 1) {
          throw new UnauthorizedError();
        }
        return subscriptionToken(user, channel, { exp: inSeconds(SOON) });
      },
    });
    await feed.isSubscribed();
    assert.equal((await feed.isUnsubscribed()).code, 1);
    assert.equal(client.centrifuge.state, 'connected');
  });
});
