import { createVerify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { eventually } from './await.js';

/** What SNS signs, in this order, of what is there. */
const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

/** An application's receiver: believes what is signed, confirms when it is asked to, and keeps each event once. */
export class Webhook {
  /** Events by their ids, in the order in which they came first. */
  events = new Map();
  confirmed = 0;
  refused = 0;
  /** What went wrong with what came; a scenario that ends well has nothing here. */
  problems = [];
  /** Says of an event, before it is kept, whether to answer 503. */
  refuses = () => false;
  /** Says of an event, after it is kept, whether the answer gets lost. */
  loses = () => false;
  /** How often each event came, by their ids. */
  arrivals = new Map();
  /** Looks at an event while SNS waits for its answer. */
  onEvent = async () => {};
  #unsubscribeUrl = '';
  #server = createServer((request, response) => this.#take(request, response));

  /** Starts one, which ends with the test `t`. */
  static async open(t) {
    const webhook = new Webhook();
    webhook.#server.listen(0, '127.0.0.1');
    await once(webhook.#server, 'listening');
    webhook.url = `http://127.0.0.1:${webhook.#server.address().port}/hooks/carillon`;
    t.after(async () => {
      await webhook.#unsubscribe();
      webhook.#server.closeAllConnections();
      webhook.#server.close();
    });
    return webhook;
  }

  isConfirmed() {
    return eventually(() => `SNS asks; ${this.problems}`, () => this.confirmed === 1, 60_000);
  }

  /** Waits for an event of a type, of which `subject` is told. */
  told(type, subject) {
    return eventually(
      () => `${type} of ${subject}; ${this.problems} there was ${JSON.stringify([...this.events.values()])}`,
      () => this.about(type, subject)[0],
      60_000,
    );
  }

  about(type, subject) {
    return [...this.events.values()].filter(
      event => event.type === `io.carillon.${type}.v1` && event.subject === subject,
    );
  }

  async #take(request, response) {
    let status = 200;
    try {
      const message = JSON.parse(await text(request));
      await verify(message, request.headers);
      this.#unsubscribeUrl = message.UnsubscribeURL ?? '';
      status = await (message.Type === 'Notification' ? this.#keep(JSON.parse(message.Message)) : this.#confirm(message));
    } catch (problem) {
      this.problems.push(problem.message);
      status = 400;
    }
    response.writeHead(status).end();
  }

  async #unsubscribe() {
    if (this.#unsubscribeUrl !== '') {
      await fetch(this.#unsubscribeUrl);
    }
  }

  async #confirm({ SubscribeURL }) {
    const answer = await fetch(SubscribeURL);
    if (answer.status !== 200 || !(await answer.text()).includes('<SubscriptionArn>arn:aws:sns:')) {
      throw new Error(`The confirmation was answered ${answer.status}`);
    }
    this.confirmed += 1;
    return 200;
  }

  async #keep(event) {
    if (this.refuses(event)) {
      this.refused += 1;
      return 503;
    }
    if (!this.events.has(event.id)) {
      await this.onEvent(event);
      this.events.set(event.id, event);
    }
    this.arrivals.set(event.id, (this.arrivals.get(event.id) ?? 0) + 1);
    return this.loses(event) ? 503 : 200;
  }
}

/** Verifies as docs/guides/events.md says, but for the certificate's address, which is the local one. */
async function verify(message, headers) {
  if (headers['x-amz-sns-message-type'] !== message.Type || headers['x-amz-sns-message-id'] !== message.MessageId) {
    throw new Error(`The headers are those of another message: ${JSON.stringify(headers)}`);
  }
  if (message.SignatureVersion !== '2') {
    throw new Error(`SignatureVersion ${message.SignatureVersion}`);
  }
  const certificate = new X509Certificate(await (await fetch(message.SigningCertURL)).text());
  const signed = SIGNED[message.Type].filter(name => name in message).map(name => `${name}\n${message[name]}\n`);
  if (!createVerify('RSA-SHA256').update(signed.join('')).verify(certificate.publicKey, message.Signature, 'base64')) {
    throw new Error(`The signature is not that of ${JSON.stringify(message)}`);
  }
}

async function text(request) {
  let all = '';
  for await (const part of request.setEncoding('utf8')) {
    all += part;
  }
  return all;
}
