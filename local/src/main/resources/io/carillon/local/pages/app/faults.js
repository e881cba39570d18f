import { byId } from './dom.js';

/** Lets faults be set, ended and counted. */
export function connectFaults() {
  const call = async options => {
    const response = await fetch('/dev/faults', options);
    const text = await response.text();
    byId('faults-problem').textContent = response.ok ? '' : text.trim();
    if (response.ok) {
      show(JSON.parse(text));
    }
  };
  const set = faults => call({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ faults, seed: Number(byId('faults-seed').value) }),
  });
  byId('faults-form').addEventListener('submit', event => {
    event.preventDefault();
    set(byId('faults-text').value.split('\n').map(line => line.trim()).filter(line => line !== ''));
  });
  byId('faults-off').addEventListener('click', () => set([]));
  byId('faults-look').addEventListener('click', () => call());
  byId('tab-faults').addEventListener('click', () => call());
}

/** Zero values and empty lists are left out in Carillon's JSON. */
function show({ faults = [], catalogue = [] }) {
  byId('faults-counts').textContent =
    faults.map(({ fault, struck = 0 }) => `${struck}\t${fault}`).join('\n') || 'no faults';
  byId('faults-catalogue').textContent =
    catalogue.map(({ name, help, keys = [] }) => [`${name}: ${help}`, ...keys.map(key => `  ${key}`)].join('\n')).join('\n');
}
