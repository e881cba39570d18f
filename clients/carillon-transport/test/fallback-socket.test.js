import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fallbackSocket } from '../index.js';
import { Memory } from '../lib/memory.js';
import { Diary, Server, eventually } from './server.js';

const URL = 'ws://127.0.0.1:1/connection/websocket';

/** A WebSocket that does what a test says. */
class FakeWebSocket {
  static made = [];
  sent = [];

  constructor(url) {
    this.url = url;
    FakeWebSocket.made.push(this);
    queueMicrotask(() => FakeWebSocket.behave(this));
  }

  static behave = () => {};

  send(frame) {
    this.sent.push(frame);
    FakeWebSocket.onsend(this, frame);
  }

  static onsend = () => {};

  close(code = 1000) {
    queueMicrotask(() => this.onclose?.({ type: 'close', code, reason: '', wasClean: true }));
  }
}

const opens = socket => socket.onopen({ type: 'open' });
const fails = socket => {
  socket.onerror({ type: 'error' });
  socket.onclose({ type: 'close', code: 1006, reason: '', wasClean: false });
};
const hangs = () => {};
const echoes = (socket, frame) => socket.onmessage({ type: 'message', data: `echo ${frame}` });
const swallows = () => {};

async function stage(t, { behave, onsend = echoes, ...options }) {
  FakeWebSocket.made = [];
  FakeWebSocket.behave = behave;
  FakeWebSocket.onsend = onsend;
  const server = await Server.start(t);
  const clock = { now: 0 };
  const memory = new Memory({ storage: null, now: () => clock.now });
  const transports = [];
  const Socket = fallbackSocket({
    longPoll: server.url,
    WebSocket: FakeWebSocket,
    memory,
    patience: 20,
    onTransport: transport => transports.push(transport),
    ...options,
  });
  const open = () => {
    const socket = new Socket(URL);
    t.after(() => socket.close());
    return { socket, diary: new Diary(socket) };
  };
  return { server, clock, memory, transports, open };
}

test('uses WebSocket where it goes, and asks nothing of long-poll', async t => {
  const { server, transports, open } = await stage(t, { behave: opens });

  const { socket, diary } = open();
  await eventually('it opens', () => diary.opened === 1);
  socket.send('frame');
  socket.close();
  await eventually('it closes', () => diary.closed.length === 1);

  assert.deepEqual(transports, ['websocket']);
  assert.deepEqual(diary.messages, ['echo frame']);
  assert.deepEqual(server.requests, []);
});

for (const [what, behave] of [['is refused', fails], ['does not open in time', hangs]]) {
  test(`falls back within the same socket where WebSocket ${what}, and remembers`, async t => {
    const { server, transports, open } = await stage(t, { behave });

    const { socket, diary } = open();
    await eventually('it opens', () => diary.opened === 1);
    server.post('hello');
    await eventually('a message comes', () => diary.messages.length === 1);
    socket.close();
    const next = open();
    await eventually('the next opens', () => next.diary.opened === 1);

    assert.deepEqual(transports, ['long-poll', 'long-poll']);
    assert.equal(FakeWebSocket.made.length, 1);
    assert.deepEqual(diary.errors, []);
  });
}

test('falls back where the class of WebSocket throws, or is missing', async t => {
  const throwing = await stage(t, { behave: hangs, WebSocket: class { constructor() { throw new Error('blocked'); } } });
  const missing = await stage(t, { behave: hangs, WebSocket: null });

  for (const { open } of [throwing, missing]) {
    const { socket, diary } = open();
    await eventually('it opens', () => diary.opened === 1);
    assert.equal(socket.transport, 'long-poll');
  }
});

test('tries WebSocket again once its time is over', async t => {
  const { clock, transports, open } = await stage(t, { behave: fails, retryAfter: 60_000 });
  const first = open();
  await eventually('it opens', () => first.diary.opened === 1);
  first.socket.close();

  clock.now = 60_001;
  FakeWebSocket.behave = opens;
  const second = open();
  await eventually('it opens', () => second.diary.opened === 1);

  assert.deepEqual(transports, ['long-poll', 'websocket']);
});

test('does not blame WebSocket when nothing goes at all', async t => {
  const { server, memory, open } = await stage(t, { behave: fails });
  server.stop();

  const { diary } = open();
  await eventually('it closes', () => diary.closed.length === 1);

  assert.equal(diary.opened, 0);
  assert.equal(memory.isBlocked(URL), false);
});

test('remembers a WebSocket that opens but lets nothing through, once the library gives up', async t => {
  const { transports, open } = await stage(t, { behave: opens, onsend: swallows });
  const first = open();
  await eventually('it opens', () => first.diary.opened === 1);

  first.socket.send('frame');
  first.socket.close();
  const second = open();
  await eventually('the next opens', () => second.diary.opened === 1);

  assert.deepEqual(transports, ['websocket', 'long-poll']);
});

test('goes back to WebSocket by itself once frames go both ways', async t => {
  const { transports, memory, open } = await stage(t, { behave: fails, retryAfter: 1 });
  const { diary } = open();
  await eventually('it opens', () => diary.opened === 1);

  FakeWebSocket.behave = opens;
  await eventually('it closes, for the library to connect anew', () => diary.closed.length === 1);

  assert.equal(diary.closed[0].code, 1001);
  assert.equal(memory.isBlocked(URL), false);
  assert.deepEqual(transports, ['long-poll']);
});

test('takes the address of long-poll from that of the WebSocket, and asks for it where it cannot', async () => {
  const requests = [];
  const Socket = fallbackSocket({
    WebSocket: null,
    fetch: async url => {
      requests.push(url);
      throw new Error('enough');
    },
  });

  new Socket('wss://example.com/connection/websocket?x=1');
  await eventually('it asks', () => requests.length === 1);

  assert.deepEqual(requests, ['https://example.com/connection/long_poll/open']);
  assert.throws(() => new Socket('wss://example.com/live'), /longPoll: 'https/);
});

test('says that it carries no protobuf', async t => {
  const { open } = await stage(t, { behave: opens });

  const { socket } = open();

  assert.throws(() => (socket.binaryType = 'arraybuffer'), /text only/);
});
