import { byId, element, prettyJson } from './dom.js';
import { explain } from './codes.js';

/** Shows all that is known of a member: connection, subscription, position, and presence as JSON. */
export function followState(side, member) {
  const facts = element('dl', { class: 'facts', id: `${side}-facts`, 'data-testid': `${side}-facts` });
  const presence = element('pre', {
    class: 'code block', id: `${side}-presence-json`, 'data-testid': `${side}-presence-json`, tabindex: '0',
  });
  byId('states').append(element('div', {},
    element('h3', {}, member.user), facts,
    element('div', { class: 'caption' }, element('span', {}, 'Presence')), presence));

  const show = () => facts.replaceChildren(...factsOf(member).flatMap(([name, value]) => [
    element('dt', {}, name),
    element('dd', { class: 'code', 'data-fact': name }, String(value ?? '')),
  ]));
  const showPresence = () => presence.replaceChildren(member.presence === undefined
    ? member.presenceProblem || 'unknown while not subscribed'
    : prettyJson(JSON.stringify(Object.fromEntries(member.presence))));
  member.addEventListener('change', show);
  member.addEventListener('presence', showPresence);
  show();
  showPresence();
}

function factsOf({ connection, subscription, clientId, channel, sequence, lastRecovery }) {
  return [
    ['connection', told(connection)],
    ['client', clientId || 'none'],
    ['channel', channel],
    ['subscription', told(subscription)],
    ['epoch', sequence.epoch || 'none'],
    ['offset', sequence.offset ?? 'none'],
    ['last recovery', lastRecovery],
    ['missing', sequence.missing],
    ['repeated', sequence.repeated],
  ];
}

function told({ state, code, reason }) {
  return code === undefined ? state : `${state}: ${explain(code) ?? `${code} ${reason}`}`;
}
