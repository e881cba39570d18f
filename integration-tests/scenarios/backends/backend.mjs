/** An application's backend, as a Lambda function: decides by the names of what it is asked about. */
import { appendFileSync } from 'node:fs';

const answers = { connect, refresh, subscribe, publish, sub_refresh: subRefresh, rpc };

export const handler = async (request, { clientContext: { custom } }) => {
  if (request.meta?.diary) {
    appendFileSync(request.meta.diary, `${JSON.stringify({ asked: custom.proxy, request })}\n`);
  }
  return answers[custom.proxy](request, custom);
};

function connect({ data }, custom) {
  if (custom['x-api-key'] !== 'scenarios') {
    return { disconnect: { code: 4500, reason: 'not Carillon' } };
  }
  switch (data?.as) {
    case 'refused':
      return { error: { code: 1001, message: 'not today' } };
    case 'banned':
      return { disconnect: { code: 4501, reason: 'banned' } };
    case undefined:
      return {};
    default:
      return { result: {
        user: data.as,
        info: { as: data.as },
        data: { header: custom.authorization ?? 'none' },
        meta: { diary: data.diary },
        expire_at: data.seconds ? inSeconds(data.seconds) : 0,
      } };
  }
}

function refresh({ user }) {
  return { result: user.startsWith('leaving') ? { expired: true } : { expire_at: inSeconds(3600) } };
}

function subscribe({ channel, data }) {
  return channel.includes('closed')
    ? { error: { code: 403, message: 'not a member' } }
    : { result: { data: { welcome: data ?? null }, expire_at: data?.seconds ? inSeconds(data.seconds) : 0 } };
}

function publish({ user, data }) {
  switch (data.say) {
    case 'rude':
      return { error: { code: 1002, message: 'mind your words' } };
    case 'fatal':
      return { disconnect: { code: 4502, reason: 'that was too much' } };
    default:
      return { result: { data: { ...data, by: user }, tags: { checked: 'yes' } } };
  }
}

function subRefresh({ channel }) {
  return { result: channel.includes('leaving') ? { expired: true } : { expire_at: inSeconds(3600) } };
}

function rpc({ user, method, data }) {
  return method === 'greet'
    ? { result: { data: { hello: data.name, from: user } } }
    : { error: { code: 404, message: `no ${method}` } };
}

function inSeconds(seconds) {
  return Math.floor(Date.now() / 1000) + seconds;
}
