import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LongPollSocket, fallbackSocket } from '../index.js';
import { longPollAddress } from '../lib/addresses.js';
import { Diary, Server, eventually } from './server.js';

for (const [given, address] of [
  ['https://api.example.com/connection/long_poll', 'https://api.example.com/connection/long_poll'],
  ['https://api.example.com/connection/long_poll/', 'https://api.example.com/connection/long_poll'],
  ['wss://example.com/connection/websocket', 'https://example.com/connection/long_poll'],
  ['ws://localhost:8000/connection/websocket?a=b', 'http://localhost:8000/connection/long_poll'],
  ['http://localhost:8000/connection/websocket', 'http://localhost:8000/connection/long_poll'],
  ['wss://example.com/live/connection/long_poll', 'https://example.com/live/connection/long_poll'],
  ['/connection/long_poll', '/connection/long_poll'],
]) {
  test(`finds long-poll by ${given}`, () => {
    assert.equal(longPollAddress(given), address);
  });
}

for (const wrong of [
  'https://api.example.com',
  'https://api.example.com/connection/long_poll/poll',
  'wss://ws.example.com/prod',
  'ftp://example.com/connection/long_poll',
  'example.com/connection/long_poll',
  'undefined',
  '',
]) {
  test(`says how an address must look instead of ${wrong || 'nothing'}`, () => {
    const remedy = /ends with \/connection\/long_poll, such as https:\/\/api\.example\.com\/connection\/long_poll/;
    assert.throws(() => new LongPollSocket(wrong), remedy);
    const Socket = fallbackSocket({ longPoll: wrong, WebSocket: null });
    assert.throws(() => new Socket('wss://ws.example.com/prod'), remedy);
  });
}

test('opens long-poll beside a WebSocket whose address it is given', async t => {
  const server = await Server.start(t);
  const url = server.url.replace('http:', 'ws:').replace('long_poll', 'websocket');
  const socket = new LongPollSocket(url);
  t.after(() => socket.close());
  const diary = new Diary(socket);

  await eventually('it opens', () => diary.opened === 1);

  assert.equal(socket.url, server.url);
});
