import { deployment } from './deployment.js';

/** What the server API refused. */
export class ApiError extends Error {
  constructor({ code, message }) {
    super(`${code} ${message}`);
    this.code = code;
  }
}

/** Calls a method of the server API, and gives its result. */
export function call(method, params = {}) {
  return callWithText(method, JSON.stringify(params));
}

/** Calls a method with a body that is already JSON text. */
export async function callWithText(method, body) {
  const response = await request(method, body, { 'X-API-Key': deployment.apiKey });
  if (response.status !== 200) {
    throw new Error(`${method} was answered ${response.status}`);
  }
  const { error, result, ...rest } = await response.json();
  if (error) {
    throw new ApiError(error);
  }
  // A batch alone is answered without the envelope.
  return result ?? rest;
}

/** Sends a request of one's own making, and gives the response as it is. */
export function request(method, body, headers, query = '') {
  return fetch(`${deployment.api}/${method}${query}`, { method: 'POST', body, headers });
}

export function publish(channel, data, more = {}) {
  return call('publish', { channel, data, ...more });
}

/** Publishes one after another, and gives the positions. */
export async function publishAll(channel, all) {
  const positions = [];
  for (const data of all) {
    positions.push(await publish(channel, data));
  }
  return positions;
}
