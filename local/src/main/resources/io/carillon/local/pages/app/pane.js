import { byId, count } from './dom.js';
import { explain } from './codes.js';
import { Messages } from './messages.js';
import { showPresence } from './presence.js';

/** One side of the chat: shows a member, and lets it write and lose its network. */
export class Pane {
  #parts = {};
  #member;
  #messages;
  #root;

  constructor(side, member) {
    this.#member = member;
    const fragment = byId('pane-template').content.cloneNode(true);
    this.#root = fragment.querySelector('.pane');
    for (const part of fragment.querySelectorAll('[data-part]')) {
      part.id = `${side}-${part.dataset.part}`;
      part.dataset.testid = part.id;
      this.#parts[part.dataset.part] = part;
    }
    this.#root.id = side;
    this.#root.dataset.testid = side;
    this.#name();
    this.#messages = new Messages(this.#parts.messages, member);
    this.#listen();
    this.#show();
    byId('panes').append(fragment);
  }

  #name() {
    const { user, label, input, messages, presence, form } = this.#parts;
    const name = this.#member.user;
    user.textContent = name;
    this.#root.setAttribute('aria-labelledby', user.id);
    label.textContent = `Write as ${name}`;
    label.htmlFor = input.id;
    input.placeholder = `Write as ${name}`;
    messages.setAttribute('aria-label', `Messages that ${name} sees`);
    presence.setAttribute('aria-label', `Present, as ${name} sees it`);
    form.setAttribute('aria-label', `Write as ${name}`);
  }

  #listen() {
    const { cut, form, input, presence } = this.#parts;
    const member = this.#member;
    member.addEventListener('change', () => this.#show());
    member.addEventListener('presence', () => showPresence(presence, member));
    member.addEventListener('publication', event => {
      const { publication, ...marks } = event.detail;
      this.#messages.add(publication, marks);
    });
    member.addEventListener('earlier', event => this.#earlier(event.detail));
    this.#listenToRecovery();
    cut.addEventListener('click', () => (isEnded(member) ? member.start() : this.#toggleNetwork()));
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#send(input.value.trim());
    });
  }

  #listenToRecovery() {
    let note;
    this.#member.addEventListener('recovering', () => {
      note = this.#messages.note('Recovering', 'recovery');
    });
    this.#member.addEventListener('recovered', event => {
      const { number, first, last } = event.detail;
      note.dataset.recovered = number;
      note.firstElementChild.textContent = number === 0
        ? 'Back, and nothing was missed'
        : `Recovered ${count(number, 'missed message')}, ${first === last ? `#${last}` : `#${first} to #${last}`}`;
    });
    this.#member.addEventListener('unrecovered', () => {
      this.#messages.clear();
      this.#messages.note('What was missed is no longer in the history', 'unrecovered');
    });
  }

  #earlier({ publications, problem }) {
    publications.forEach(publication => this.#messages.add(publication, { isEarlier: true }));
    if (problem !== undefined) {
      this.#messages.note(`Earlier messages cannot be read: ${problem.code} ${problem.message}`, 'problem');
    }
  }

  #toggleNetwork() {
    const network = this.#member.network;
    if (network.isCut) {
      this.#messages.note('Network restored', 'network');
      network.restore();
    } else {
      this.#messages.note('Network cut', 'network');
      network.cut();
    }
    this.#parts.problem.textContent = '';
    this.#show();
  }

  async #send(text) {
    const { input, problem } = this.#parts;
    if (text === '') {
      return;
    }
    problem.textContent = '';
    input.value = '';
    try {
      await this.#member.say(text);
    } catch (error) {
      input.value = input.value === '' ? text : input.value;
      problem.textContent = this.#member.network.isCut
        ? 'Not sent: the network is cut. Restore it and send again.'
        : `Not sent: ${explain(error.code) ?? error.message}`;
    }
  }

  #show() {
    const { state, cut, position } = this.#parts;
    const member = this.#member;
    const { isCut } = member.network;
    this.#root.classList.toggle('is-cut', isCut);
    cut.textContent = isEnded(member) ? 'Connect' : isCut ? 'Restore' : 'Cut the network';
    cut.classList.toggle('primary', isCut || isEnded(member));
    const shown = shownState(member);
    state.textContent = shown.text;
    state.title = shown.text;
    state.dataset.state = member.connection.state;
    state.dataset.subscription = member.subscription.state;
    state.dataset.looks = shown.looks;
    position.replaceChildren(...positionOf(member));
  }
}

/** Whether the server has ended the connection for good, so that the client does not come back by itself. */
function isEnded({ connection }) {
  return connection.state === 'disconnected';
}

function shownState({ connection, subscription }) {
  if (connection.state !== 'connected') {
    return {
      text: `${connection.state}: ${explain(connection.code) ?? `${connection.code} ${connection.reason}`}`,
      looks: connection.state,
    };
  }
  if (subscription.state !== 'subscribed') {
    const reason = explain(subscription.code) ?? `${subscription.code} ${subscription.reason}`;
    return {
      text: `connected, ${subscription.state}: ${reason}`,
      looks: subscription.state === 'unsubscribed' ? 'disconnected' : 'connecting',
    };
  }
  return { text: 'connected', looks: 'connected' };
}

function positionOf({ sequence, namespace, subscription }) {
  if (sequence.offset === undefined) {
    const none = namespace !== undefined && !namespace.history && subscription.state === 'subscribed';
    return [span(none ? 'no history in this namespace: at most once, nothing to recover' : 'no position yet')];
  }
  const { missing, repeated } = sequence;
  const check = span(missing + repeated === 0 ? 'none missing, none repeated' : `${missing} missing, ${repeated} repeated`);
  check.className = missing + repeated === 0 ? 'check' : 'check bad';
  return [span(`offset ${sequence.offset}`), span(`epoch ${sequence.epoch}`), check];
}

function span(text) {
  const made = document.createElement('span');
  made.textContent = text;
  return made;
}
