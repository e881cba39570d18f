import { byId, count, element, prettyJson, timeOfDay } from './dom.js';
import { explain } from './codes.js';

const KEPT = 200;
const ARROWS = { sent: '\u2191', received: '\u2193', open: '\u2022', closed: '\u2022' };

/** The live log of every client's frames, with one filter for all. */
export class Frames {
  #logs = [];
  #isPaused = false;

  constructor() {
    const pause = byId('frames-pause');
    pause.addEventListener('click', () => {
      this.#isPaused = !this.#isPaused;
      pause.setAttribute('aria-pressed', this.#isPaused);
    });
    byId('frames-clear').addEventListener('click', () => this.#logs.forEach(log => log.replaceChildren()));
    byId('frames-filter').addEventListener('input', () => this.#filterAll());
    byId('frames-direction').addEventListener('change', () => this.#filterAll());
  }

  /** Follows a member's network from now on. */
  follow(side, member) {
    const id = `${side}-frames`;
    const log = element('ol', { class: 'frames', id, 'data-testid': id, tabindex: '0', 'aria-label': `Frames of ${member.user}` });
    byId('frames-logs').append(element('div', {}, element('h3', {}, member.user), log));
    this.#logs.push(log);
    member.network.watch(frame => this.#add(log, frame));
  }

  #add(log, frame) {
    if (this.#isPaused) {
      return;
    }
    const item = itemOf(frame);
    item.hidden = !this.#shows(item);
    log.prepend(item);
    if (log.children.length > KEPT) {
      log.lastElementChild.remove();
    }
  }

  #filterAll() {
    for (const item of this.#logs.flatMap(log => [...log.children])) {
      item.hidden = !this.#shows(item);
    }
  }

  #shows(item) {
    const direction = byId('frames-direction').value;
    const text = byId('frames-filter').value.trim().toLowerCase();
    return (direction === '' || item.dataset.kind === direction)
      && (text === '' || item.textContent.toLowerCase().includes(text) || item.dataset.raw.toLowerCase().includes(text));
  }
}

function itemOf({ kind, text, at }) {
  const time = element('time', { datetime: at.toISOString() }, timeOfDay(at, true));
  const arrow = element('span', { class: 'arrow', 'aria-hidden': 'true' }, ARROWS[kind]);
  const attributes = { 'data-kind': kind, 'data-raw': text, 'data-testid': 'frame' };
  if (kind === 'open' || kind === 'closed') {
    return element('li', { ...attributes, class: 'event' }, time, arrow, `socket ${kind} ${text}`);
  }
  const lines = text.split('\n').filter(line => line !== '');
  const summary = element('summary', {}, time, arrow, element('span', { class: 'hidden-label' }, kind),
    element('span', { class: 'what' }, lines.map(line => describe(line, kind)).join(', ')),
    element('span', { class: 'size' }, `${new Blob([text]).size} B`));
  const details = element('details', {}, summary);
  // Laid out when it is first opened, since most never are.
  details.addEventListener('toggle', () => details.append(...bodyOf(lines)), { once: true });
  return element('li', attributes, details);
}

function bodyOf(lines) {
  const pre = element('pre', { class: 'code' });
  lines.forEach((line, i) => pre.append(i === 0 ? '' : '\n', prettyJson(line)));
  const explained = lines.map(line => explain(codeIn(parse(line)))).filter(text => text !== undefined);
  return [pre, ...explained.map(text => element('p', { class: 'explained' }, text))];
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function codeIn(message) {
  return message?.error?.code ?? message?.push?.disconnect?.code ?? message?.push?.unsubscribe?.code;
}

/** Says in a few words what a command, reply or push is. */
function describe(line, direction) {
  const message = parse(line);
  if (message === undefined) {
    return 'not JSON';
  }
  const [kind] = Object.keys(message).filter(key => key !== 'id');
  if (kind === undefined) {
    return direction === 'sent' ? 'pong' : 'ping';
  }
  if (kind === 'push') {
    return describePush(message.push);
  }
  if (direction === 'sent') {
    return `${kind} ${message.id ?? ''}`;
  }
  if (kind === 'error') {
    return `error ${message.error.code} ${message.error.message}, reply to ${message.id}`;
  }
  const carried = message[kind].publications?.length ?? 0;
  return `reply to ${kind} ${message.id}${carried === 0 ? '' : ` with ${count(carried, 'publication')}`}`;
}

function describePush(push) {
  const [kind] = Object.keys(push).filter(key => key !== 'channel');
  const body = push[kind] ?? {};
  const detail = body.offset !== undefined ? ` #${body.offset}` : (body.info?.user ?? '') && ` ${body.info.user}`;
  return `push ${kind}${body.code === undefined ? detail : ` ${body.code} ${body.reason}`}`;
}
