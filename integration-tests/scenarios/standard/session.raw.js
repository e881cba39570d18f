import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { deployment } from '../support/deployment.js';
import { RawClient, rawSession } from '../support/raw.js';
import { connectionToken } from '../support/tokens.js';
import { channelIn, userCalled } from '../support/names.js';

test('refuses to connect before anything else is known: commands wait, and are answered 100', async t => {
  const client = await new RawClient(t).open();
  client.send({ id: 7, history: { channel: channelIn('chat') } });
  const { error } = await client.reply(7);
  assert.deepEqual(error, { code: 100, message: 'internal server error', temporary: true });
});

test('carries out a command that was faster than the connect command', async t => {
  const client = await new RawClient(t).open();
  const channel = channelIn('chat');
  client.send({ id: 2, subscribe: { channel } });
  client.send({ id: 1, connect: { token: connectionToken(userCalled('alice')) } });
  assert.ok((await client.reply(2)).subscribe);
  assert.equal(JSON.parse(client.lines[0]).id, 1);
});

for (const [what, frame] of [
  ['a second connect command', JSON.stringify({ id: 2, connect: { token: 'x' } })],
  ['a command without an id', JSON.stringify({ publish: { channel: 'chat:x', data: 1 } })],
  ['a command that does not exist', JSON.stringify({ id: 2, dance: {} })],
  ['what is not JSON', 'hello'],
]) {
  test(`ends with 3501 for ${what}, and closes the socket`, async t => {
    const client = await rawSession(t, userCalled('alice'));
    client.sendText(frame);
    assert.deepEqual(await client.disconnect(), { code: 3501, reason: 'bad request' });
  });
}

test('answers what came before the command that ends the connection', async t => {
  const client = await rawSession(t, userCalled('alice'));
  client.send({ id: 2, presence_stats: { channel: channelIn('chat') } }, { id: 3, send: { data: {} } });
  assert.equal((await client.reply(2)).error.code, 103);
  assert.deepEqual(await client.disconnect(), { code: 3508, reason: 'not available' });
});

test('never sends an empty frame', async t => {
  const client = await rawSession(t, userCalled('alice'));
  const channel = channelIn('chat');
  client.sendText('{}');
  client.send({ id: 2, subscribe: { channel } });
  await client.reply(2);
  client.send({ id: 3, unsubscribe: { channel } });
  await client.reply(3);
  assert.deepEqual(client.frames.filter(frame => frame.trim() === ''), []);
});

test('lets in the origins that are listed, and clients that send none, and turns others away', async () => {
  const upgrade = origin => new Promise(resolve => {
    const socket = new WebSocket(deployment.websocket, origin === undefined ? {} : { origin });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode);
    });
    socket.on('error', () => {});
  });
  assert.equal(await upgrade(undefined), 101);
  assert.equal(await upgrade('https://app.example.com'), 101);
  assert.equal(await upgrade('https://evil.example'), 403);
});
