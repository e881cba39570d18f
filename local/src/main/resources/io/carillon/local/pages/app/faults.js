import { byId } from './dom.js';
import { applyFaults, fetchFaults } from './server.js';

const REFRESH_MILLIS = 1_000;

/** The panel that lets the runtime misbehave, and shows how often it did. */
export function connectFaults() {
  const text = byId('faults-text');
  byId('faults-form').addEventListener('submit', event => {
    event.preventDefault();
    const lines = text.value.split('\n').map(line => line.trim()).filter(line => line !== '');
    change(lines);
  });
  byId('faults-clear').addEventListener('click', () => {
    text.value = '';
    change([]);
  });
  byId('tab-faults').addEventListener('click', refresh, { once: true });
  setInterval(() => {
    if (!byId('panel-faults').hidden && !document.hidden) {
      refresh();
    }
  }, REFRESH_MILLIS);
}

async function change(faults) {
  try {
    show(await applyFaults(faults, Number(byId('faults-seed').value)));
    byId('faults-problem').textContent = '';
  } catch (error) {
    byId('faults-problem').textContent = error.message;
  }
}

async function refresh() {
  try {
    show(await fetchFaults());
  } catch {
    // Whoever stopped the runtime sees the panes reconnect; this panel keeps what it knew.
  }
}

function show({ faults = [], catalogue = [] }) {
  byId('faults-struck').textContent = faults.length === 0
    ? 'no fault is on'
    : faults.map(({ fault, struck = 0 }) => `${struck} x  ${fault}`).join('\n');
  byId('faults-catalogue').textContent = catalogue
    .map(({ name, meaning, settings = [] }) => `${name} ${settings.map(setting => `${setting}=`).join(' ')}\n  ${meaning}`)
    .join('\n') + '\nall: probability= every= count= from= for=';
}
