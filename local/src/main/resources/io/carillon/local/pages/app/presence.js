import { count, element } from './dom.js';

/** Shows who is present: each user once, with the number of its connections. */
export function showPresence(list, member) {
  if (member.presence === undefined) {
    const reason = member.presenceProblem === '' ? 'unknown while not subscribed' : member.presenceProblem;
    list.replaceChildren(element('li', { class: 'unknown' }, reason));
    return;
  }
  const users = Map.groupBy(member.presence.values(), info => info.user);
  const names = [...users.keys()].sort((a, b) => a.localeCompare(b));
  list.replaceChildren(...names.map(name => person(name, users.get(name).length, name === member.user)));
}

function person(name, connections, isSelf) {
  const shown = name === '' ? 'anonymous' : name;
  return element(
    'li',
    { class: isSelf ? 'person self' : 'person', 'data-user': name, 'data-connections': connections },
    shown,
    element('span', { class: 'devices', title: count(connections, 'connection') },
      String(connections), element('span', { class: 'hidden-label' }, connections === 1 ? ' connection' : ' connections')),
  );
}
