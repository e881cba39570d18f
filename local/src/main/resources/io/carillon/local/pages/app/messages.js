import { element, timeOfDay } from './dom.js';

const SHOWN = 500;

/** How many pixels above the end still count as the end. */
const NEAR = 40;

/** The list of one member's messages, kept in offset order, with notes between them. */
export class Messages {
  #list;
  #member;
  #isAtBottom = true;

  constructor(list, member) {
    this.#list = list;
    this.#member = member;
    list.addEventListener('scroll', () => {
      this.#isAtBottom = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    });
    new ResizeObserver(() => this.#keepingBottom(() => {})).observe(list);
  }

  clear() {
    this.#list.replaceChildren();
  }

  /** Adds a publication; those read from the history go before the newer ones that are already there. */
  add(publication, { isEarlier = false, isRecovered = false, isRepeated = false } = {}) {
    if (isEarlier && this.#has(publication.offset)) {
      return;
    }
    const item = this.#item(publication, { isEarlier, isRecovered, isRepeated });
    const next = isEarlier
      ? [...this.#list.children].find(other => Number(other.dataset.offset) > publication.offset)
      : undefined;
    this.#keepingBottom(() => this.#list.insertBefore(item, next ?? null));
  }

  /** Adds a line that is not a message; gives the element. */
  note(text, kind) {
    const item = element('li', { class: `note ${kind}`, 'data-kind': kind }, element('span', {}, text));
    this.#keepingBottom(() => this.#list.append(item));
    return item;
  }

  #has(offset) {
    return offset !== undefined && this.#list.querySelector(`[data-offset="${offset}"]`) !== null;
  }

  #item({ data, info, offset }, { isEarlier, isRecovered, isRepeated }) {
    const author = info?.user ?? 'server';
    const isOwn = info !== undefined && author === this.#member.user;
    const marks = [isOwn && 'own', !info && 'by-server', isRecovered && 'recovered', isRepeated && 'repeated'];
    const time = timeOf(data, isEarlier || isRecovered);
    return element(
      'li',
      {
        class: ['message', ...marks].filter(Boolean).join(' '),
        'data-testid': 'message',
        'data-offset': offset,
        'data-author': author,
        'data-recovered': isRecovered,
        'data-repeated': isRepeated,
      },
      element(
        'p',
        { class: 'byline' },
        element('span', { class: 'author' }, author === '' ? 'anonymous' : author),
        ...(time === undefined ? [] : [element('time', { datetime: time.toISOString() }, timeOfDay(time))]),
        ...(offset === undefined ? [] : [element('span', { class: 'offset', title: `offset ${offset}` }, `#${offset}`)]),
        ...(isRecovered ? [element('span', { class: 'tag' }, 'recovered')] : []),
        ...(isRepeated ? [element('span', { class: 'tag bad' }, 'repeated')] : []),
      ),
      bodyOf(data),
    );
  }

  #keepingBottom(change) {
    const list = this.#list;
    const wasAtBottom = this.#isAtBottom;
    change();
    while (list.children.length > SHOWN) {
      list.firstElementChild.remove();
    }
    if (wasAtBottom) {
      list.scrollTop = list.scrollHeight;
    }
  }
}

function bodyOf(data) {
  return typeof data?.text === 'string'
    ? element('p', { class: 'body' }, data.text)
    : element('p', { class: 'body code' }, JSON.stringify(data));
}

/** The page writes the time into its messages; for others it is when they came, which says nothing for old ones. */
function timeOf(data, isOld) {
  const written = new Date(data?.time ?? NaN);
  if (!Number.isNaN(written.getTime())) {
    return written;
  }
  return isOld ? undefined : new Date();
}
