import { byId, count, element, prettyJson } from './dom.js';
import { fetchToken } from './server.js';

/** The decoder of tokens, with the panes' users as examples. */
export function connectTokenDecoder(users, config) {
  const text = byId('token-text');
  text.addEventListener('input', () => show(text.value));
  if (config.tokens) {
    byId('token-examples').append(...users.map(user => exampleButton(user, text)));
  }
  show('');
}

function exampleButton(user, text) {
  const button = element('button', { type: 'button', 'data-testid': `token-of-${user}` }, `A token of ${user}`);
  button.addEventListener('click', async () => {
    try {
      text.value = await fetchToken(user);
      show(text.value);
    } catch (error) {
      byId('token-expiry').textContent = error.message;
    }
  });
  return button;
}

function show(token) {
  const parts = token.trim().split('.');
  const [header, claims] = parts.map(decoded);
  const isToken = parts.length === 3 && header !== undefined && claims !== undefined;
  byId('token-header').replaceChildren(isToken ? prettyJson(header) : '');
  byId('token-claims').replaceChildren(isToken ? prettyJson(claims) : '');
  const expiry = byId('token-expiry');
  expiry.className = '';
  if (token.trim() === '') {
    expiry.textContent = '';
  } else if (!isToken) {
    expiry.className = 'problem';
    expiry.textContent = 'Not a token: it has three parts of base64url, with dots between them';
  } else {
    expiry.textContent = expiryOf(JSON.parse(claims));
  }
}

/** The JSON text in one part of a token; undefined if there is none. */
function decoded(part) {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function expiryOf({ exp }) {
  if (typeof exp !== 'number') {
    return 'no exp: never expires';
  }
  const seconds = Math.round(exp - Date.now() / 1000);
  return seconds > 0 ? `expires in ${span(seconds)}` : `expired ${span(-seconds)} ago`;
}

function span(seconds) {
  const units = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute'], [1, 'second']];
  const [size, name] = units.find(([unit]) => seconds >= unit) ?? units.at(-1);
  return count(Math.floor(seconds / size), name);
}
