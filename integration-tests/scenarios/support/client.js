import { deployment } from './deployment.js';
import { Network } from './network.js';
import { connectionToken } from './tokens.js';
import { eventually, filled } from './await.js';

export const { Centrifuge, UnauthorizedError } = await import(deployment.library);

/** An application's use of the client library: keeps what it was told, in order. */
export class Client {
  network = new Network();
  connecting = [];
  connected = [];
  disconnected = [];
  errors = [];
  messages = [];
  /** What server-side subscriptions brought: `{event, channel, ...}`. */
  serverSide = [];

  /**
   * Makes a client that ends with the test `t`.
   *
   * @param options the library's own; with neither `token` nor `getToken`, a token of `user` is made
   */
  constructor(t, { user = '', token, ...options } = {}) {
    this.user = user;
    this.centrifuge = new Centrifuge(deployment.websocket, {
      websocket: this.network.socketClass,
      token: token ?? (options.getToken ? '' : connectionToken(user)),
      // On a busy machine, slow is no failure.
      timeout: 15_000,
      minReconnectDelay: 20,
      maxReconnectDelay: 200,
      ...options,
    });
    for (const event of ['connecting', 'connected', 'disconnected']) {
      this.centrifuge.on(event, context => this[event].push(context));
    }
    this.centrifuge.on('error', context => this.errors.push(context));
    this.centrifuge.on('message', context => this.messages.push(context));
    for (const event of ['subscribing', 'subscribed', 'unsubscribed', 'publication', 'join', 'leave']) {
      this.centrifuge.on(event, context => this.serverSide.push({ event, ...context }));
    }
    t.after(() => this.centrifuge.disconnect());
  }

  /** Connects, and gives what the library says of it. */
  async connect() {
    this.centrifuge.connect();
    const [connected] = await this.isConnected(1);
    return connected;
  }

  /** Waits until the client has connected for the `time`-th time. */
  isConnected(time) {
    return filled(`connected, ${this.#trouble()}`, this.connected, time);
  }

  /** Waits until the client has given up. */
  async isDisconnected() {
    const [context] = await filled('disconnected', this.disconnected, 1);
    return context;
  }

  #trouble() {
    return JSON.stringify({ errors: this.errors.slice(-3), disconnected: this.disconnected });
  }

  get clientId() {
    return this.connected.at(-1).client;
  }

  /** Subscribes and keeps what comes; does not wait. */
  follow(channel, options) {
    const feed = new Feed(this.centrifuge.newSubscription(channel, options));
    feed.subscription.subscribe();
    return feed;
  }

  /** Subscribes, and waits until it is. */
  async subscribe(channel, options) {
    const feed = this.follow(channel, options);
    await feed.isSubscribed();
    return feed;
  }

  /**
   * Waits until the last command about a channel is answered. Between many fast ones the library may take the answer to
   * an earlier one for the last, and be subscribed before the server has got that far.
   */
  isAnswered(channel) {
    const last = this.network.commands().findLast(({ id, ...command }) => Object.values(command)[0].channel === channel);
    return eventually(`command ${last.id} is answered`, () => this.network.replies().some(({ id }) => id === last.id));
  }

  /** Waits for something of the server-side subscription to a channel. */
  told(event, channel, number = 1) {
    return eventually(
      () => `${number} x ${event} of ${channel}; there was ${JSON.stringify(this.serverSide)}`,
      () => {
        const found = this.serverSide.filter(one => one.event === event && one.channel === channel);
        return found.length >= number && found;
      },
    );
  }
}

/** Connects a user. */
export async function connected(t, user, options) {
  const client = new Client(t, { user, ...options });
  await client.connect();
  return client;
}

/** One client's subscription: keeps what it was told, in order. */
class Feed {
  publications = [];
  subscribed = [];
  subscribing = [];
  unsubscribed = [];
  errors = [];
  joined = [];
  left = [];
  #before = 0;

  constructor(subscription) {
    this.subscription = subscription;
    subscription.on('publication', context => this.publications.push(context));
    subscription.on('subscribed', context => {
      this.subscribed.push(context);
      this.#before = this.publications.length;
    });
    subscription.on('subscribing', context => this.subscribing.push(context));
    subscription.on('unsubscribed', context => this.unsubscribed.push(context));
    subscription.on('error', context => this.errors.push(context));
    subscription.on('join', context => this.joined.push(context.info));
    subscription.on('leave', context => this.left.push(context.info));
  }

  /** Waits until it has been subscribed for the `time`-th time, and gives what it was told then. */
  async isSubscribed(time = 1) {
    const all = await filled(
      `subscribed, ${JSON.stringify({ errors: this.errors, unsubscribed: this.unsubscribed })}`,
      this.subscribed,
      time,
    );
    return all[time - 1];
  }

  /** Waits until it is subscribed, however often it has been before. */
  isIn() {
    const { errors, unsubscribed } = this;
    return eventually(
      () => `subscribed, not ${this.subscription.state}: ${JSON.stringify({ errors, last: unsubscribed.at(-1) })}`,
      () => this.subscription.state === 'subscribed',
    );
  }

  /** Waits until it has ended for good. */
  async isUnsubscribed() {
    const [context] = await filled('unsubscribed', this.unsubscribed, 1);
    return context;
  }

  /** Waits for so many publications, and gives the data of all there are. */
  async received(number) {
    await filled('publication', this.publications, number);
    return this.data();
  }

  /** Waits until a publication with this data has come, and gives the data of all there are. */
  async receivedUpTo(data) {
    const wanted = JSON.stringify(data);
    await eventually(
      () => `${wanted} arrives; ${this.publications.length} others did, the last ${JSON.stringify(this.data().at(-1))}`,
      () => this.publications.some(publication => JSON.stringify(publication.data) === wanted),
    );
    return this.data();
  }

  data() {
    return this.publications.map(publication => publication.data);
  }

  /** Lists the offsets that came since it was subscribed last. */
  offsetsSince() {
    return this.offsets().slice(this.#before);
  }

  offsets() {
    return this.publications.map(publication => publication.offset);
  }
}
