import { randomBytes } from 'node:crypto';

/** Names a channel that no other scenario uses. */
export function channelIn(namespace) {
  return `${namespace}:${suffix()}`;
}

/** Names a user that no other scenario uses. */
export function userCalled(name) {
  return `${name}-${suffix()}`;
}

/** Counts: the whole numbers from `first` to `last`. */
export function numbers(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function suffix() {
  return randomBytes(6).toString('hex');
}
