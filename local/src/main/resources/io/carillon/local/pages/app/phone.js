import { byId, element, prettyJson, timeOfDay } from './dom.js';
import { fetchPushes, registerPhone, sendPush } from './server.js';

const EVERY = 1000;

/** Shows what phones would have got while the tab is open, and gives the two members a phone each. */
export function connectPhone(users, config) {
  byId('phone-user').value = users[0];
  byId('phone-form').addEventListener('submit', event => {
    event.preventDefault();
    act(async () => {
      const user = byId('phone-user').value;
      await registerPhone(user);
      await sendPush(user, byId('phone-title').value, byId('phone-body').value, config);
    });
  });
  setInterval(() => {
    if (!byId('panel-phone').hidden) {
      act(refresh);
    }
  }, EVERY);
}

async function act(work) {
  try {
    await work();
    byId('phone-problem').textContent = '';
  } catch (error) {
    byId('phone-problem').textContent = error.message;
  }
}

let shown = '';

async function refresh() {
  const { pushes = [] } = await fetchPushes();
  const ids = pushes.map(({ id }) => id).join();
  if (ids === shown) {
    return;
  }
  shown = ids;
  byId('phone-screen').replaceChildren(...pushes.map(notification));
  byId('phone-payload').replaceChildren(prettyJson(JSON.stringify(pushes[0].payload)));
}

function notification({ time, platform, token, title = '', body = '' }) {
  return element('li', { 'data-testid': 'phone-notification' },
    element('span', { class: 'muted' }, `${token} · ${platform} · ${timeOfDay(new Date(time))}`),
    element('strong', {}, title || '(silent)'),
    element('span', {}, body));
}
