import { byId, prettyJson } from './dom.js';
import { explain } from './codes.js';
import { publish, publishCurl } from './server.js';

/** The form that publishes as a backend would, beside the command that does the same. */
export function connectPublishing(channel, config) {
  const channelInput = byId('publish-channel');
  const data = byId('publish-data');
  const curl = byId('publish-curl');
  const copy = byId('publish-copy');
  channelInput.value = channel;

  const show = () => {
    curl.textContent = publishCurl(channelInput.value, data.value, config);
    copy.textContent = 'Copy';
    byId('publish-problem').textContent = problemOf(data.value);
  };
  channelInput.addEventListener('input', show);
  data.addEventListener('input', show);
  show();

  byId('publish-form').addEventListener('submit', async event => {
    event.preventDefault();
    if (problemOf(data.value) === '') {
      await send(channelInput.value, data.value, config);
    }
  });
  copy.addEventListener('click', async () => {
    copy.textContent = (await copied(curl)) ? 'Copied' : 'Selected: press Ctrl or Cmd with C';
  });
}

async function send(channel, data, config) {
  const answer = byId('publish-answer');
  const status = byId('publish-status');
  try {
    const { status: code, body } = await publish(channel, data, config);
    status.textContent = statusLine(code, body);
    answer.replaceChildren(prettyJson(body));
  } catch (error) {
    status.textContent = 'no answer';
    answer.textContent = `${error.message}: does ./carillon dev still run?`;
  }
}

function statusLine(code, body) {
  if (code === 401) {
    return '401: the server API does not know this key';
  }
  try {
    return explain(JSON.parse(body).error?.code) ?? String(code);
  } catch {
    return String(code);
  }
}

function problemOf(data) {
  try {
    JSON.parse(data);
    return '';
  } catch (error) {
    return `Not JSON: ${error.message}`;
  }
}

/** Copies; where the browser does not allow that, selects the text and says no. */
async function copied(node) {
  try {
    await navigator.clipboard.writeText(node.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(node);
    return false;
  }
}
