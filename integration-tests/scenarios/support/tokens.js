import { createHmac } from 'node:crypto';
import { deployment } from './deployment.js';

const HOUR = 3_600;

/** Signs a connection token; `claims` are added to it, or replace what is there. */
export function connectionToken(user, claims = {}) {
  return sign({ sub: user, exp: now() + HOUR, ...claims });
}

/** Signs a subscription token. */
export function subscriptionToken(user, channel, claims = {}) {
  return sign({ sub: user, channel, exp: now() + HOUR, ...claims });
}

/** Gives the moment so many seconds from now, in seconds since 1970. */
export function inSeconds(seconds) {
  return now() + seconds;
}

export function sign(claims, secret = deployment.secret) {
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims].map(part => encode(JSON.stringify(part))).join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function now() {
  return Math.floor(Date.now() / 1000);
}

function encode(text) {
  return Buffer.from(text).toString('base64url');
}
