export { fallbackSocket } from './lib/fallback-socket.js';
export { LongPollSocket } from './lib/long-poll-socket.js';
