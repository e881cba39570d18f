// Compiled without the types of a page or of Node, as in a program for another engine that brings its own fetch.
import { fallbackSocket, LongPollSocket } from '../../clients/carillon-transport/index.js';
import type { Fetch, Socket } from '../../clients/carillon-transport/index.js';

const fetch: Fetch = async url => ({ ok: url !== '', status: 200, json: async () => ({}) });
export const Fallback = fallbackSocket({ fetch });
export const alone: Socket = new LongPollSocket('https://api.example.com/connection/long_poll', { fetch });
