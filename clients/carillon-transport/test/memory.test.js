import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Memory } from '../lib/memory.js';

class Storage {
  items = new Map();
  getItem(key) {
    return this.items.get(key) ?? null;
  }
  setItem(key, value) {
    this.items.set(key, value);
  }
}

test('is kept from page to page of a tab, until its time is over', () => {
  const storage = new Storage();
  const clock = { now: 1000 };
  const page = () => new Memory({ storage, now: () => clock.now });

  page().block('wss://a', 500);

  assert.equal(page().isBlocked('wss://a'), true);
  assert.equal(page().isBlocked('wss://b'), false);
  assert.equal(page().blockedFor('wss://a'), 500);
  clock.now = 1500;
  assert.equal(page().isBlocked('wss://a'), false);
});

test('forgets when told', () => {
  const storage = new Storage();
  const memory = new Memory({ storage });

  memory.block('wss://a', 500_000);
  memory.unblock('wss://a');

  assert.equal(memory.isBlocked('wss://a'), false);
  assert.equal(new Memory({ storage }).isBlocked('wss://a'), false);
});

test('remembers without storage, with a full one, and with one that holds something else', () => {
  const full = { getItem: () => 'no json', setItem: () => { throw new Error('full'); } };

  for (const storage of [null, full, { getItem: () => '7', setItem: () => {} }]) {
    const memory = new Memory({ storage });
    memory.block('wss://a', 500_000);
    assert.equal(memory.isBlocked('wss://a'), true);
    memory.unblock('wss://a');
    assert.equal(memory.isBlocked('wss://a'), false);
  }
});
