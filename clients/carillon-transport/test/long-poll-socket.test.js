import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LongPollSocket } from '../index.js';
import { Diary, Server, eventually } from './server.js';

async function opened(t) {
  const server = await Server.start(t);
  const socket = new LongPollSocket(server.url);
  t.after(() => socket.close());
  const diary = new Diary(socket);
  await eventually('it opens', () => diary.opened === 1);
  return { server, socket, diary };
}

test('hands on what waits, in order, and acknowledges it', async t => {
  const { server, diary } = await opened(t);

  server.post('a', 'b');
  await eventually('both arrive', () => diary.messages.length === 2);
  server.post('c');
  await eventually('the third arrives and is acknowledged', () => server.before === 3);

  assert.deepEqual(diary.messages, ['a', 'b', 'c']);
});

test('gives the reply to a frame before the messages that came with it', async t => {
  const { server, socket, diary } = await opened(t);
  server.script = ({ action }) => {
    if (action === 'send') {
      server.post('message');
      return { reply: 'reply' };
    }
    return undefined;
  };
  socket.send('frame');
  await eventually('both arrive', () => diary.messages.length === 2);

  assert.deepEqual(diary.messages, ['reply', 'message']);
});

test('gives each message once when answers to polls are lost', async t => {
  const { server, diary } = await opened(t);
  let lost = 0;
  server.script = ({ action }) => {
    if (action === 'poll' && server.messages.length > 0 && lost < 3) {
      lost += 1;
      return 'lost';
    }
    return undefined;
  };

  server.post('a', 'b');
  await eventually('both arrive and are acknowledged', () => server.before === 2);

  assert.equal(lost, 3);
  assert.deepEqual(diary.messages, ['a', 'b']);
  assert.deepEqual(diary.closed, []);
});

test('sends frames in order, those that wait in one request', async t => {
  const { server, socket } = await opened(t);

  socket.send('1');
  socket.send('2');
  socket.send('3');
  await eventually('all are sent', () => server.sent().join('\n') === '1\n2\n3');

  const types = new Set(server.requests.map(({ type }) => type));
  assert.deepEqual([...types], ['text/plain;charset=UTF-8']);
});

test('ends when the answer to a frame is lost, because it may have arrived', async t => {
  const { server, socket, diary } = await opened(t);
  server.script = ({ action }) => (action === 'send' ? 'lost' : undefined);

  socket.send('frame');
  await eventually('it closes', () => diary.closed.length === 1);

  assert.deepEqual(server.sent(), ['frame']);
  assert.equal(diary.errors.length, 1);
  assert.deepEqual(diary.closed, [{ code: 1006, wasClean: false }]);
});

test('ends when polls fail too often', async t => {
  const { server, diary } = await opened(t);

  server.script = ({ action }) => (action === 'poll' ? { status: 503 } : undefined);
  await eventually('it closes', () => diary.closed.length === 1);

  assert.deepEqual(diary.closed, [{ code: 1006, wasClean: false }]);
});

test('bears it when it is told to poll less often', async t => {
  const { server, diary } = await opened(t);
  let refused = 0;
  server.script = ({ action }) => (action === 'poll' && (refused += 1) <= 3 ? { status: 429 } : undefined);

  server.post('a');
  await eventually('it arrives', () => diary.messages.length === 1);

  assert.deepEqual(diary.closed, []);
});

test('ends as a WebSocket does whose connection is over', async t => {
  const { server, diary } = await opened(t);

  server.script = ({ action }) => (action === 'poll' ? { status: 410 } : undefined);
  await eventually('it closes', () => diary.closed.length === 1);

  assert.deepEqual(diary.closed, [{ code: 1001, wasClean: false }]);
});

test('hands on the last messages, then ends, when the server closes', async t => {
  const { server, diary } = await opened(t);

  server.post('last words');
  server.closed = true;
  await eventually('it closes', () => diary.closed.length === 1);

  assert.deepEqual(diary.messages, ['last words']);
  assert.deepEqual(diary.closed, [{ code: 1000, wasClean: true }]);
});

test('ends with 1009 instead of sending a frame that no WebSocket would carry', async t => {
  const { server, socket, diary } = await opened(t);

  socket.send('ä'.repeat(17 * 1024));
  await eventually('it closes', () => diary.closed.length === 1);

  assert.deepEqual(server.sent(), []);
  assert.deepEqual(diary.closed, [{ code: 1009, wasClean: false }]);
});

test('tells the server when it is closed, and is silent afterwards', async t => {
  const { server, socket, diary } = await opened(t);

  socket.close();
  socket.send('too late');
  await eventually('the server knows', () => server.actions().includes('close'));
  await eventually('it closes', () => diary.closed.length === 1);

  assert.deepEqual(diary.closed, [{ code: 1000, wasClean: true }]);
  assert.equal(server.requests.at(-1).session, 'secret');
  assert.deepEqual(server.sent(), []);
});

test('closes a connection that opens after nobody wants it any more', async t => {
  const server = await Server.start(t);
  const socket = new LongPollSocket(server.url);
  const diary = new Diary(socket);

  socket.close();
  await eventually('the server knows', () => server.actions().includes('close'));

  assert.equal(diary.opened, 0);
  assert.deepEqual(server.actions(), ['open', 'close']);
});

test('cannot be sent to before it is open, nor anything but text', async t => {
  const server = await Server.start(t);
  const socket = new LongPollSocket(server.url);
  t.after(() => socket.close());
  const diary = new Diary(socket);

  assert.throws(() => socket.send('frame'), /wait for onopen/);
  await eventually('it opens', () => diary.opened === 1);
  assert.throws(() => socket.send(new Uint8Array(1)), /text only/);
});

test('closes the session before, once it is back, when the network was gone as it ended', async t => {
  const server = await Server.start(t);
  let isCut = false;
  let opens = 0;
  server.script = ({ action }) => {
    if (isCut) {
      return 'lost';
    }
    return action === 'open' ? { session: `secret-${(opens += 1)}` } : undefined;
  };
  const first = new LongPollSocket(server.url);
  const firstDiary = new Diary(first);
  await eventually('it opens', () => firstDiary.opened === 1);
  isCut = true;
  await eventually('it ends', () => firstDiary.closed.length === 1);
  await eventually('closing it is tried in vain', () => server.actions().includes('close'));
  server.requests.length = 0;
  isCut = false;

  const second = new LongPollSocket(server.url);
  t.after(() => second.close());
  const closes = () => server.requests.filter(({ action }) => action === 'close').map(({ session }) => session);
  await eventually('the first is closed', () => closes().length === 1);

  assert.deepEqual(closes(), ['secret-1']);
  const third = new LongPollSocket(server.url);
  t.after(() => third.close());
  const thirdDiary = new Diary(third);
  await eventually('another opens', () => thirdDiary.opened === 1);
  assert.deepEqual(closes(), ['secret-1'], 'once is enough');
});
