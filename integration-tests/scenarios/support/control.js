import { deployment } from './deployment.js';
import { eventually } from './await.js';

/** What only the local runtime can be asked for. */
export const control = {
  /** Runs the heartbeat, and waits for it. */
  beat: () => ask('beat'),
  /** Subscribes a URL to the events for other systems. */
  webhook: url => ask('webhook', url),
  /** Decides whether `$disconnect` is heard of again: `never` or `prompt`. */
  disconnects: policy => ask('disconnects', policy),
  /** Refuses all posts to a connection with 429, until `accept`. */
  refuse: connection => ask('refuse', connection),
  /** Answers all posts to a connection with a false 410, until `accept`. */
  deny: connection => ask('deny', connection),
  accept: connection => ask('accept', connection),
  /** Decides whether frames reach their handlers as they come, or in another order: `shuffled` or `immediate`. */
  frames: order => ask('frames', order),
  /** Cuts a connection as a lost network does. */
  cut: connection => ask('cut', connection),
  /** Names the open connections. */
  connections: async () => (await ask('connections')).split('\n').filter(id => id !== ''),
};

/** Beats until something has come of it: an index may know a row only a moment after it was written. */
export function beatUntil(what, probe, deadline) {
  const beaten = async () => {
    await control.beat();
    return probe();
  };
  return eventually(what, beaten, deadline);
}

/** Runs `open`, and gives its result and the id that API Gateway gave to the one connection opened by it. */
export async function connectionIdOf(open) {
  const before = new Set(await control.connections());
  const opened = await open();
  const [id] = (await control.connections()).filter(other => !before.has(other));
  return [opened, id];
}

async function ask(what, argument = '') {
  const response = await fetch(`${deployment.control}/${what}?${encodeURIComponent(argument)}`, { method: 'POST' });
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`The local runtime did not ${what} ${argument}: ${text}`);
  }
  return text;
}
