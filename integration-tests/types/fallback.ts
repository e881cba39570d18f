// Compiled and never run: an application in TypeScript that uses the package with the types of the client library.
import { Centrifuge } from 'centrifuge-5.8';
import { fallbackSocket, LongPollSocket } from '../../clients/carillon-transport/index.js';
import type { FallbackOptions, Socket, Transport, TransportMemory } from '../../clients/carillon-transport/index.js';

const blocked = new Map<string, number>();
const memory: TransportMemory = {
  isBlocked: url => blocked.has(url),
  blockedFor: url => blocked.get(url) ?? 0,
  block: (url, milliseconds) => void blocked.set(url, milliseconds),
  unblock: url => void blocked.delete(url),
};
const options: FallbackOptions = {
  longPoll: 'https://api.example.com/connection/long_poll',
  patience: 2_000,
  retryAfter: 60_000,
  onTransport: (transport: Transport) => console.log(transport),
  memory,
  fetch,
};

export const client = new Centrifuge('wss://ws.example.com/connection/websocket', {
  websocket: fallbackSocket(options),
  getToken: async () => 'token',
});
export const plain = new Centrifuge('wss://ws.example.com/connection/websocket', { websocket: fallbackSocket() });
export const alone: Socket = new LongPollSocket('https://api.example.com/connection/long_poll', { fetch });
alone.onclose = event => console.log(event.code);

// @ts-expect-error an option that does not exist
fallbackSocket({ retryafter: 1 });
// @ts-expect-error a number of milliseconds, not a text
fallbackSocket({ patience: '2s' });
