/** Gets what the page must know. Zero values are left out in Carillon's JSON, so they are put back here. */
export async function loadConfig() {
  const config = await getJson('/dev/config');
  return {
    version: '',
    apiKey: '',
    apiOpen: false,
    tokens: false,
    privatePrefix: '',
    boundary: '',
    ...config,
    namespaces: (config.namespaces ?? []).map(namespace => ({ name: '', ...namespace })),
  };
}

/** The namespace that a channel belongs to; undefined if it is not configured. */
export function namespaceOf(channel, config) {
  const name = isPrivate(channel, config) ? channel.slice(config.privatePrefix.length) : channel;
  const end = config.boundary === '' ? -1 : name.indexOf(config.boundary);
  return config.namespaces.find(namespace => namespace.name === (end < 0 ? '' : name.slice(0, end)));
}

/** Whether a client needs a token of its own to subscribe to a channel. */
export function needsToken(channel, config) {
  return isPrivate(channel, config) || !namespaceOf(channel, config)?.subscribe;
}

function isPrivate(channel, config) {
  return config.privatePrefix !== '' && channel.startsWith(config.privatePrefix);
}

/** Gets a connection token, or with a channel a subscription token. */
export async function fetchToken(user, channel) {
  const query = new URLSearchParams(channel === undefined ? { user } : { user, channel });
  return (await getJson(`/dev/token?${query}`)).token;
}

/** Gets which faults are on, and which there are. */
export function fetchFaults() {
  return getJson('/dev/faults');
}

/** Switches these faults on, and all others off. */
export async function applyFaults(faults, seed) {
  const response = await fetch('/dev/faults', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ faults, seed }),
  });
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  return response.json();
}

/** Gets the notifications that phones would have got, newest first. */
export function fetchPushes() {
  return getJson('/dev/pushes');
}

/** Registers a phone that does not exist, as an app does with its connection token. */
export async function registerPhone(user) {
  const body = { provider: 'fcm', platform: 'android', token: `phone-of-${user}`, locale: navigator.language };
  await post('/devices', { Authorization: `Bearer ${await fetchToken(user)}` }, body);
}

/** Sends a notification as a backend does. */
export async function sendPush(user, title, body, config) {
  const request = { recipient: { users: [user] }, notification: { title, body } };
  await post('/api/send_push_notification', config.apiOpen ? {} : { 'X-API-Key': config.apiKey }, request);
}

async function post(url, headers, body) {
  const response = await fetch(url, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body),
  });
  const answer = await response.text();
  const refused = response.ok ? JSON.parse(answer).error : { message: answer || `status ${response.status}` };
  if (refused !== undefined) {
    throw new Error(refused.message);
  }
}

async function getJson(url) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  return response.json();
}

export function socketUrl() {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/connection/websocket`;
}

/** Publishes as a backend does; gives the status line and the body as they came. `data` is JSON text. */
export async function publish(channel, data, config) {
  const response = await fetch('/api/publish', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(config.apiOpen ? {} : { 'X-API-Key': config.apiKey }) },
    body: publishBody(channel, data),
  });
  return { status: response.status, body: (await response.text()).trim() };
}

/** The command that does the same as {@link publish}. */
export function publishCurl(channel, data, config) {
  const lines = [`curl -X POST ${location.origin}/api/publish`, `-H 'Content-Type: application/json'`];
  if (!config.apiOpen) {
    lines.push(`-H ${quoted(`X-API-Key: ${config.apiKey}`)}`);
  }
  lines.push(`-d ${quoted(publishBody(channel, data))}`);
  return lines.join(' \\\n  ');
}

function publishBody(channel, data) {
  return `{"channel":${JSON.stringify(channel)},"data":${data.trim()}}`;
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
