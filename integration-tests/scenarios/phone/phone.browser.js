import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { eventually } from '../support/await.js';
import { launch } from '../support/browser.js';
import { deployment } from '../support/deployment.js';
import { channelIn, userCalled } from '../support/names.js';
import { call, publish } from '../support/server-api.js';

/** Longer than what was throttled waits in the queue, and than the delay of the namespace `late`. */
const PATIENCE = 50_000;

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

afterEach(() => faults());

test('shows once on the phone of a user who is away what a publication says', async t => {
  const [page, alice, channel] = await open(t, 'chat');
  await registerPhone(page, alice);
  await publish(channel, { text: 'while connected' }, push(alice, 'While connected'));
  await settled();
  await goAway(page);

  await faults('duplicate-batch');
  for (let again = 0; again < 2; again += 1) {
    await publish(channel, { text: 'away' }, { idempotency_key: 'away', ...push(alice, 'While away') });
  }

  await shows(page, alice, ['Hello', 'While away']);
  await settled();
  await shows(page, alice, ['Hello', 'While away']);
  assert.match(await page.getByTestId('phone-payload').innerText(), /fcmV1Message/);
});

test('leaves the phone alone of a user who returns within the delay', async t => {
  const [page, alice, channel] = await open(t, 'late');
  const carol = userCalled('carol');
  await registerPhone(page, alice);
  await registerPhone(page, carol);
  await goAway(page);

  await publish(channel, { text: 'dinner' }, push(alice, 'Dinner?', carol));
  await page.getByTestId('left-cut').click();
  await isIn(page, 'connected');

  await shows(page, carol, ['Hello', 'Dinner?']);
  await settled();
  await shows(page, alice, ['Hello']);
});

test('forgets a device whose endpoint is disabled, until the app registers again', async t => {
  const [page] = await open(t, 'chat');
  const dave = userCalled('dave');
  await registerPhone(page, dave);
  await faults('dead-token count=1');
  const { uid } = await send(dave, 'Lost');

  await hasStatus(uid, 'token_dead');
  assert.deepEqual((await call('device_list', { users: [dave] })).items ?? [], []);
  await shows(page, dave, ['Hello']);
  await registerPhone(page, dave, 2);
});

test('shows in the end, and once, what SNS throttled at first', async t => {
  const [page] = await open(t, 'chat');
  const erin = userCalled('erin');
  await registerPhone(page, erin);
  await faults('throttle service=sns function=push count=1');
  const { uid } = await send(erin, 'Patience');

  await hasStatus(uid, 'sent');
  await settled();
  await shows(page, erin, ['Hello', 'Patience']);
});

/** Opens the demo page with a user of its own on the left, and its tab of the phone. */
async function open(t, namespace) {
  await connected(0);
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', error => problems.push(error.message));
  t.after(async () => {
    await page.close();
    assert.deepEqual(problems, [], 'the page has thrown nothing');
  });
  const left = userCalled('alice');
  const channel = channelIn(namespace);
  await page.goto(`${deployment.api.replace(/api$/, '')}?${new URLSearchParams({ left, right: userCalled('bob'), channel })}`);
  await isIn(page, 'connected');
  await page.getByTestId('tab-phone').click();
  return [page, left, channel];
}

function isIn(page, state) {
  return page.locator(`[data-testid=left-state][data-state=${state}]`).waitFor();
}

/** Does what the page's form does: registers a phone, and sends it a notification. */
async function registerPhone(page, user, times = 1) {
  await page.getByTestId('phone-user').fill(user);
  await page.getByTestId('phone-send').click();
  await shows(page, user, Array(times).fill('Hello'));
  assert.equal(await page.getByTestId('phone-problem').innerText(), '');
}

async function goAway(page) {
  await page.getByTestId('left-cut').click();
  await connected(1);
}

/** Waits until so many connections are open: those of earlier pages end by themselves. */
function connected(number) {
  let open;
  return eventually(() => `${number} connections are open, not ${open}`, async () => {
    ({ open = 0 } = await (await dev('/dev/metrics')).json());
    return open === number;
  }, PATIENCE);
}

/** Waits until the phone of a user shows exactly these titles, oldest first. */
async function shows(page, user, titles) {
  let shown;
  await eventually(
    () => `the phone of ${user} shows ${titles}, not ${shown}`,
    async () => {
      const own = page.getByTestId('phone-notification').filter({ hasText: `phone-of-${user}` });
      shown = (await own.locator('strong').allInnerTexts()).reverse();
      return JSON.stringify(shown) === JSON.stringify(titles);
    },
    PATIENCE,
  );
}

function push(user, title, ...others) {
  return { push: { title, recipients: [user, ...others] } };
}

function send(user, title) {
  return call('send_push_notification', { recipient: { users: [user] }, notification: { title } });
}

function hasStatus(uid, status) {
  return eventually(`the notification is ${status}`, async () => {
    const { items } = await call('push_status', { uid });
    return items?.some(item => item.status === status);
  }, PATIENCE);
}

/** Waits until nothing is left in the queue of mobile push, neither hidden nor on its way. */
function settled() {
  return eventually('the push queue is empty', async () => {
    const { push: waiting = 0, push_dead: dead = 0 } = await (await dev('/dev/queues')).json();
    assert.equal(dead, 0, 'nothing has failed for good');
    return waiting === 0;
  }, PATIENCE);
}

/** Switches these faults on, and all others off. */
function faults(...all) {
  return dev('/dev/faults', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ faults: all, seed: 1 }),
  });
}

async function dev(path, options) {
  const response = await fetch(deployment.api.replace(/\/api$/, path), options);
  assert.equal(response.status, 200, `${path} is answered`);
  return response;
}
