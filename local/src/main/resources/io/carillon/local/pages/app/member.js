import { Network } from './network.js';
import { Recovery } from './recovery.js';
import { Sequence } from './sequence.js';
import { fetchToken, namespaceOf, needsToken, socketUrl } from './server.js';

const EARLIER = 50;

/** How often to ask who is there where nobody tells who comes and goes. */
const PRESENCE_MILLIS = 10_000;

/**
 * One user's client in one channel, through the unmodified client library. Says by events what happens:
 * `change` (look at the fields), `publication`, `earlier`, `recovering`, `recovered`, `unrecovered`, `presence`,
 * each with its `detail`.
 */
export class Member extends EventTarget {
  network = new Network();
  sequence = new Sequence();
  connection = { state: 'connecting', code: 0, reason: 'connect called' };
  subscription = { state: 'subscribing', code: 0, reason: 'subscribe called' };
  clientId = '';
  lastRecovery = 'none yet';
  /** Connections by client id; undefined while nothing is known, with the reason in `presenceProblem`. */
  presence;
  presenceProblem = '';
  #presenceChanges;
  /** What is being recovered now; undefined while nothing is. */
  #recovery;

  constructor(user, channel, config) {
    super();
    this.user = user;
    this.channel = channel;
    this.namespace = namespaceOf(channel, config);
    this.client = new Centrifuge(socketUrl(), {
      websocket: this.network.socketClass,
      networkEventTarget: this.network.events,
      name: 'demo',
      ...(config.tokens ? { getToken: () => fetchToken(user) } : {}),
    });
    this.sub = this.client.newSubscription(channel, {
      joinLeave: true,
      ...(config.tokens && needsToken(channel, config) ? { getToken: () => fetchToken(user, channel) } : {}),
    });
    this.#followClient();
    this.#followSubscription();
    if (this.namespace?.presence && !this.namespace.joinLeave) {
      setInterval(() => this.subscription.state === 'subscribed' && this.#askPresence(), PRESENCE_MILLIS);
    }
  }

  /** Begins, or begins again after the server has ended the connection for good. */
  start() {
    this.sub.subscribe();
    this.client.connect();
  }

  /** Publishes; fails at once when there is no connection, so that the text stays in the sender's hands. */
  async say(text) {
    if (this.connection.state !== 'connected' || this.subscription.state !== 'subscribed') {
      throw { message: 'no connection' };
    }
    await this.sub.publish({ text, time: new Date().toISOString() });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #followClient() {
    const moved = state => context => {
      this.connection = { state, code: context.code, reason: context.reason };
      this.clientId = context.client ?? '';
      if (state !== 'connected') {
        this.#forgetPresence('');
      }
      this.#tell('change');
    };
    this.client.on('connecting', moved('connecting'));
    this.client.on('connected', moved('connected'));
    this.client.on('disconnected', moved('disconnected'));
    this.client.on('error', context => {
      // A refused attempt leaves the state as it is, so its reason is shown beside it.
      if (this.connection.state === 'connecting' && context.type !== 'transport') {
        this.connection = { state: 'connecting', code: context.error.code, reason: context.error.message };
        this.#tell('change');
      }
    });
  }

  #followSubscription() {
    const moved = state => context => {
      this.subscription = { state, code: context.code, reason: context.reason };
      this.#tell('change');
    };
    this.sub.on('subscribing', moved('subscribing'));
    this.sub.on('unsubscribed', moved('unsubscribed'));
    this.sub.on('error', context => moved(this.subscription.state)({
      code: context.error.code,
      reason: context.error.message,
    }));
    this.sub.on('subscribed', context => this.#subscribed(context));
    this.sub.on('publication', context => this.#publication(context));
    this.sub.on('join', context => this.#presenceChanged(present => present.set(context.info.client, context.info)));
    this.sub.on('leave', context => this.#presenceChanged(present => present.delete(context.info.client)));
  }

  #subscribed(context) {
    this.subscription = { state: 'subscribed' };
    if (context.recovered) {
      this.#recover(context.streamPosition);
    } else {
      this.#recovery = undefined;
      this.sequence.begin(context.streamPosition);
      this.lastRecovery = context.wasRecovering ? 'not possible' : this.lastRecovery;
      if (context.wasRecovering) {
        this.#tell('unrecovered');
      }
      this.#readHistory();
    }
    this.#askPresence();
    this.#tell('change');
  }

  /** The client library delivers what came with the reply right after `subscribed`, before anything else can happen. */
  #recover(from) {
    const recovery = new Recovery(from.offset);
    this.#recovery = recovery;
    this.sequence.begin({ epoch: from.epoch, offset: this.sequence.offset ?? from.offset });
    this.#tell('recovering');
    queueMicrotask(async () => {
      this.#showRecovery(recovery);
      recovery.until = recovery.mayGoOn() ? await this.#top() : this.sequence.offset;
      this.#endRecovery(recovery);
    });
  }

  #showRecovery(recovery) {
    this.lastRecovery = recovery.toString();
    this.#tell('recovered', recovery);
    this.#tell('change');
  }

  #endRecovery(recovery) {
    if (this.#recovery === recovery && this.sequence.offset >= recovery.until) {
      this.#recovery = undefined;
    }
  }

  /** Where the channel is now; where the member is, if it may not ask. */
  async #top() {
    try {
      return (await this.sub.history({ limit: 0 })).offset;
    } catch {
      return this.sequence.offset;
    }
  }

  #publication(publication) {
    const isRepeated = !this.sequence.take(publication.offset);
    const recovery = this.#recovery;
    recovery?.take(publication);
    this.#tell('publication', { publication, isRecovered: recovery !== undefined, isRepeated });
    this.#tell('change');
    if (recovery?.isLate) {
      this.#showRecovery(recovery);
      this.#endRecovery(recovery);
    }
  }

  async #readHistory() {
    if (!this.namespace?.history) {
      return;
    }
    try {
      const history = await this.sub.history({ limit: EARLIER, reverse: true });
      this.#tell('earlier', { publications: history.publications.reverse(), top: history.offset });
    } catch (error) {
      this.#tell('earlier', { publications: [], problem: error });
    }
  }

  /** Asks who is there; what changes meanwhile is applied to the answer. */
  async #askPresence() {
    if (this.namespace?.presence !== true) {
      this.#forgetPresence('not kept in this namespace');
      return;
    }
    const changes = [];
    this.#presenceChanges = changes;
    try {
      const answer = await this.sub.presence();
      if (this.#presenceChanges === changes) {
        this.presence = new Map(Object.entries(answer.clients));
        this.presenceProblem = '';
        changes.forEach(change => change(this.presence));
      }
    } catch (error) {
      if (this.#presenceChanges === changes) {
        this.#forgetPresence(`${error.code} ${error.message}`);
      }
    }
    if (this.#presenceChanges === changes) {
      this.#presenceChanges = undefined;
      this.#tell('presence');
    }
  }

  #presenceChanged(change) {
    this.#presenceChanges?.push(change);
    if (this.presence !== undefined) {
      change(this.presence);
      this.#tell('presence');
    }
  }

  #forgetPresence(problem) {
    this.presence = undefined;
    this.presenceProblem = problem;
    this.#tell('presence');
  }
}
