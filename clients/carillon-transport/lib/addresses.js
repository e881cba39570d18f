const WEBSOCKET = '/connection/websocket';
const LONG_POLL = '/connection/long_poll';

/**
 * Gives the address of long-poll for one of long-poll or of WebSocket, whose requests are then made where the WebSocket
 * is: right for `./carillon dev`, while on AWS the HTTP API has an address of its own.
 */
export function longPollAddress(given) {
  const [address] = String(given).split(/[?#]/);
  const url = address
    .replace(/\/+$/, '')
    .replace(/^ws(s?):/i, 'http$1:')
    .replace(new RegExp(`${WEBSOCKET}$`), LONG_POLL);
  // A page may leave out its own origin.
  if (!/^(https?:\/\/[^/]+)?\//i.test(url) || !url.endsWith(LONG_POLL)) {
    throw new Error(
      `carillon-transport: ${address} is no address of long-poll. Give one that ends with ${LONG_POLL}, such as`
        + ` https://api.example.com${LONG_POLL}, or that of a WebSocket that ends with ${WEBSOCKET} and has long-poll`
        + ` beside it; as in fallbackSocket({ longPoll: 'https://api.example.com${LONG_POLL}' })`,
    );
  }
  return url;
}
