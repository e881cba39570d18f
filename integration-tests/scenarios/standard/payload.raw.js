import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawSession } from '../support/raw.js';
import { callWithText, publish } from '../support/server-api.js';
import { channelIn, userCalled } from '../support/names.js';

/** What every JSON library would change: the kind and size of numbers, the order of keys, escapes, spaces. */
const PICKY = '{"z":1.0,"a":1e400,"n":12345678901234567890,"m":-0.0,"b":0.10,"s":"\\u00e9\\/ é","k": [1 ,2]}';

test('passes the bytes of a payload on as they are: from the backend, from a client, in the history, in a recovery', async t => {
  const client = await rawSession(t, userCalled('alice'));
  const channel = channelIn('chat');
  client.send({ id: 2, subscribe: { channel } });
  await client.reply(2);
  await callWithText('publish', `{"channel":"${channel}","data":${PICKY}}`);
  client.sendText(`{"id":3,"publish":{"channel":"${channel}","data":${PICKY}}}`);
  for (const offset of [1, 2]) {
    const { text } = await client.line(`publication ${offset}`, line => line.push?.pub?.offset === offset);
    assert.ok(text.includes(`"data":${PICKY}`), text);
  }
  client.send({ id: 4, history: { channel, limit: 10 } });
  const returned = await rawSession(t, userCalled('bob'));
  returned.send({ id: 4, subscribe: { channel, recover: true, offset: 0, epoch: '' } });
  for (const [what, socket] of [['the history', client], ['the recovery', returned]]) {
    const { text } = await socket.line(what, line => line.id === 4);
    assert.equal(text.split(`"data":${PICKY}`).length, 3, text);
  }
});

test('refuses a payload that fits no message with 106, and the connection lives on', async t => {
  const client = await rawSession(t, userCalled('alice'));
  const channel = channelIn('chat');
  client.send({ id: 2, subscribe: { channel } });
  await client.reply(2);
  const command = JSON.stringify({ id: 3, publish: { channel, data: 'x'.repeat(130_900) } });
  assert.ok(command.length <= 131_072, 'the message itself can be sent');
  for (let start = 0; start < command.length; start += 30_000) {
    client.sendText(command.slice(start, start + 30_000), { fin: start + 30_000 >= command.length });
  }
  assert.equal((await client.reply(3)).error.code, 106);
  client.send({ id: 4, publish: { channel, data: 'small' } });
  assert.deepEqual((await client.reply(4)).publish, {});
  assert.equal((await client.push('pub')).pub.data, 'small');
  await assert.rejects(publish(channel, 'x'.repeat(131_072)), { code: 106 });
});
