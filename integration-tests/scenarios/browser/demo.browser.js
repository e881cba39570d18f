import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deployment } from '../support/deployment.js';
import { call, publish } from '../support/server-api.js';
import { channelIn } from '../support/names.js';
import { eventually } from '../support/await.js';
import { launch } from '../support/browser.js';

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test('shows once, in order and marked as recovered what a pane missed while its network was cut', async t => {
  const channel = channelIn('chat');
  const [left, right] = await openPanes(t, channel);
  await left.isPresent(['alice', 'bob']);
  await right.isPresent(['alice', 'bob']);

  await left.send('hello');
  await right.shows(['hello']);
  await right.send('hello yourself');
  await left.shows(['hello', 'hello yourself']);

  await right.press('cut');
  await right.isIn('connecting');
  await left.isPresent(['alice']);
  await left.send('one');
  await left.shows(['hello', 'hello yourself', 'one']);
  await publish(channel, { text: 'two' });
  await left.send('three');
  await left.shows(['hello', 'hello yourself', 'one', 'two', 'three']);
  await right.shows(['hello', 'hello yourself']);

  await right.press('cut');
  await right.isIn('connected');
  await right.shows(['hello', 'hello yourself', 'one', 'two', 'three']);
  await left.isPresent(['alice', 'bob']);
  await left.send('four');
  await right.shows(['hello', 'hello yourself', 'one', 'two', 'three', 'four']);
  assert.deepEqual(await right.recovered(), ['one', 'two', 'three']);
  assert.deepEqual(await right.attributes('offset'), ['1', '2', '3', '4', '5', '6']);
  assert.deepEqual(await right.attributes('author'), ['alice', 'bob', 'alice', 'server', 'alice', 'alice']);
  assert.deepEqual(await left.recovered(), []);
  for (const pane of [left, right]) {
    assert.match(await pane.text('position'), /none missing, none repeated/);
  }
});

test('says so, and shows no part, when what a pane missed is no longer in the history', async t => {
  const channel = channelIn('chat');
  const [left, right] = await openPanes(t, channel);
  await left.send('before');
  await right.shows(['before']);
  await right.press('cut');
  await right.isIn('connecting');
  await left.send('lost');
  await left.shows(['before', 'lost']);
  await call('history_remove', { channel });
  await left.send('kept');
  await left.shows(['before', 'lost', 'kept']);
  await right.press('cut');
  await right.shows(['kept']);
  await right.has('[data-kind=unrecovered]');
  assert.deepEqual(await right.recovered(), []);
});

test('sends a form of faults once', async t => {
  const [left] = await openPanes(t, channelIn('chat'));
  const page = left.root.page();
  await page.getByTestId('tab-faults').click();
  const sent = [];
  page.on('request', request => request.method() === 'POST' && sent.push(request.url()));
  const answered = page.waitForResponse(response => response.request().method() === 'POST');
  await page.getByTestId('faults-set').click();
  await answered;
  await page.getByTestId('faults-counts').filter({ hasText: 'no faults' }).waitFor();
  assert.equal(sent.length, 1);
});

async function openPanes(t, channel) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', error => problems.push(error.message));
  t.after(async () => {
    await page.close();
    assert.deepEqual(problems, [], 'the page has thrown nothing');
  });
  const query = new URLSearchParams({ left: 'alice', right: 'bob', channel });
  await page.goto(`${deployment.api.replace(/api$/, '')}?${query}`);
  const panes = [new Pane(page, 'left'), new Pane(page, 'right')];
  await eventually('the panes are there, or the page says why not', async () => {
    const alert = await page.locator('#alert').innerText();
    assert.equal(alert, '');
    return (await page.locator('.pane').count()) === 2;
  });
  await Promise.all(panes.map(pane => pane.isIn('connected')));
  return panes;
}

/** One side of the demo page. */
class Pane {
  constructor(page, side) {
    this.part = name => page.getByTestId(`${side}-${name}`);
    this.side = side;
    this.root = page.getByTestId(side);
    this.messages = this.root.getByTestId('message');
  }

  async isIn(state) {
    await this.part('state').and(this.root.locator(`[data-state=${state}]`)).waitFor();
    if (state === 'connected') {
      await this.root.locator('[data-subscription=subscribed]').waitFor();
    }
  }

  async press(button) {
    await this.part(button).click();
  }

  async send(text) {
    await this.part('input').fill(text);
    await this.press('send');
  }

  text(part) {
    return this.part(part).innerText();
  }

  has(selector) {
    return this.root.locator(selector).first().waitFor();
  }

  /** Waits until the pane shows exactly these messages. */
  async shows(texts) {
    let shown;
    await eventually(
      () => `${this.side} shows ${texts}, not ${shown}`,
      async () => {
        shown = await this.messages.locator('.body').allInnerTexts();
        return JSON.stringify(shown) === JSON.stringify(texts);
      },
    );
  }

  async isPresent(users) {
    let present;
    await eventually(
      () => `${this.side} sees ${users} present, not ${present}`,
      async () => {
        present = await this.part('presence').locator('[data-user]').evaluateAll(all => all.map(one => one.dataset.user));
        return JSON.stringify(present) === JSON.stringify(users);
      },
    );
  }

  /** Lists the messages that bear the mark. */
  recovered() {
    return this.messages.filter({ has: this.root.page().getByText('recovered', { exact: true }) })
      .locator('.body').allInnerTexts();
  }

  attributes(name) {
    return this.messages.evaluateAll((all, key) => all.map(one => one.dataset[key]), name);
  }
}
