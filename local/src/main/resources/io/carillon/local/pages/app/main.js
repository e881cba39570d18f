import { byId, element } from './dom.js';
import { connectFaults } from './faults.js';
import { Frames } from './frames.js';
import { Member } from './member.js';
import { connectMetrics } from './metrics.js';
import { Pane } from './pane.js';
import { connectPhone } from './phone.js';
import { connectPublishing } from './publish.js';
import { loadConfig } from './server.js';
import { followState } from './state.js';
import { connectTabs } from './tabs.js';
import { connectTokenDecoder } from './token.js';

async function open() {
  connectTabs(document.querySelector('[role=tablist]'));
  connectFaults();
  connectMetrics();
  const config = await loadConfig();
  const query = new URLSearchParams(location.search);
  const left = query.get('left') || 'alice';
  const right = query.get('right') || 'bob';
  const channel = query.get('channel') || config.channel;
  byId('version').textContent = config.version;
  byId('scene-left').value = left;
  byId('scene-right').value = right;
  byId('scene-channel').value = channel;
  byId('channels').append(...config.namespaces.map(({ name }) =>
    element('option', { value: `${name === '' ? '' : name + config.boundary}demo` })));
  connectPublishing(channel, config);
  connectTokenDecoder([...new Set([left, right])], config);
  connectPhone([left, right], config);
  await requireLibrary();

  const frames = new Frames();
  for (const [side, user] of [['left', left], ['right', right]]) {
    const member = new Member(user, channel, config);
    frames.follow(side, member);
    followState(side, member);
    new Pane(side, member);
    member.start();
  }
}

/** Shows the server's own words if it could not give out the client library. */
async function requireLibrary() {
  if (globalThis.Centrifuge === undefined) {
    const response = await fetch('/vendor/centrifuge.js');
    throw new Error(response.ok ? 'The client library does not run in this browser.' : await response.text());
  }
}

open().catch(error => {
  byId('alert').textContent = error.message;
  byId('alert').hidden = false;
});
