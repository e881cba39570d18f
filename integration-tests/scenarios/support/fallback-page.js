/* global Centrifuge */
import { fallbackSocket } from 'carillon-transport';

/** Runs in the browser: connects, subscribes, and keeps what it sees. */
window.start = ({ websocket, token, channel, retryAfter }) => {
  const seen = { transports: [], numbers: [], subscribed: [], state: '' };
  const client = new Centrifuge(websocket, {
    token,
    websocket: fallbackSocket({ retryAfter, onTransport: transport => seen.transports.push(transport) }),
  });
  client.on('state', ({ newState }) => (seen.state = newState));
  const subscription = client.newSubscription(channel);
  subscription.on('publication', ({ data }) => seen.numbers.push(data));
  subscription.on('subscribed', ({ wasRecovering, recovered }) => seen.subscribed.push({ wasRecovering, recovered }));
  subscription.subscribe();
  client.connect();
  Object.assign(window, { seen, subscription });
};
window.isReady = true;
