const DOCS = 'docs/reference/codes';

const MEANINGS = new Map([
  [100, 'internal server error'],
  [101, 'unauthorized'],
  [102, 'unknown channel'],
  [103, 'permission denied'],
  [104, 'method not found'],
  [105, 'already subscribed'],
  [106, 'limit exceeded'],
  [107, 'bad request'],
  [108, 'not available'],
  [109, 'token expired'],
  [110, 'expired'],
  [111, 'too many requests'],
  [112, 'unrecoverable position'],
  [113, 'concurrent pagination'],
  [2000, 'server unsubscribe'],
  [2500, 'insufficient state'],
  [2501, 'expired'],
  [2502, 'state invalidated'],
  [3000, 'connection closed'],
  [3001, 'shutdown'],
  [3004, 'internal server error'],
  [3005, 'connection expired'],
  [3006, 'subscription expired'],
  [3008, 'slow'],
  [3009, 'write error'],
  [3010, 'insufficient state'],
  [3011, 'force reconnect'],
  [3012, 'no pong'],
  [3013, 'too many requests'],
  [3014, 'state invalidated'],
  [3500, 'invalid token'],
  [3501, 'bad request'],
  [3502, 'stale'],
  [3503, 'force disconnect'],
  [3504, 'connection limit'],
  [3505, 'channel limit'],
  [3506, 'inappropriate protocol'],
  [3507, 'permission denied'],
  [3508, 'not available'],
  [3509, 'too many errors'],
]);

/** What a code of Carillon's means and where that is written; undefined for the client library's own, below 100. */
export function explain(code) {
  const meaning = MEANINGS.get(code);
  return meaning && `${code} ${meaning}, see ${DOCS}/${code}.md`;
}
