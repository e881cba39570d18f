import { byId } from './dom.js';

const EVERY_MS = 1000;

/** Shows what the runtime counts, once a second while somebody looks. */
export function connectMetrics() {
  let before = { at: 0, counts: {} };
  const look = async () => {
    if (byId('panel-metrics').hidden || document.hidden) {
      return;
    }
    const response = await fetch('/dev/metrics');
    if (!response.ok) {
      byId('metrics-counts').textContent = (await response.text()).trim();
      return;
    }
    const figures = await response.json();
    const now = { at: performance.now(), counts: figures.counts };
    show(figures, rates(before, now));
    before = now;
  };
  byId('tab-metrics').addEventListener('click', look);
  setInterval(look, EVERY_MS);
}

/** How often per second each thing happened since the last look. */
function rates(before, now) {
  const seconds = (now.at - before.at) / 1000;
  return Object.fromEntries(Object.entries(now.counts)
    .map(([name, count]) => [name, before.at === 0 ? 0 : Math.max(0, (count - (before.counts[name] ?? 0)) / seconds)]));
}

/** Zero values and empty maps are left out in Carillon's JSON, but not those inside a map. */
function show({ open = 0, counts = {}, codes = {}, p50Millis = 0, p99Millis = 0 }, perSecond) {
  byId('metrics-now').textContent = [
    `${open}\tconnections open`,
    `${perSecond.Deliveries.toFixed(0)}\tdeliveries per second`,
    `${perSecond.CallbackRequests.toFixed(0)}\trequests to @connections per second, which the quota counts`,
    `${p50Millis}\tms from publish to post, median of the last minute`,
    `${p99Millis}\tms, 99th percentile`,
  ].join('\n');
  byId('metrics-counts').textContent =
    Object.entries(counts).map(([name, count]) => `${count}\t${name}`).join('\n');
  byId('metrics-codes').textContent =
    Object.entries(codes).map(([code, count]) => `${count}\t${code}`).join('\n') || 'none';
}
