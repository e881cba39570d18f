/**
 * Where the deployment under test is, and its secrets. Without environment variables it is `./carillon dev --config` with
 * the config.json beside the scenario, so that one scenario can be run by hand: `node --test scenarios/standard/*.js`.
 */
const base = process.env.CARILLON_URL ?? 'http://localhost:8000';

export const deployment = {
  websocket: base.replace(/^http/, 'ws') + '/connection/websocket',
  api: base + '/api',
  apiKey: process.env.CARILLON_API_KEY ?? 'scenarios-api-key',
  secret: process.env.CARILLON_SECRET ?? 'scenarios-hmac-secret-of-32-characters',
  /** What the clients of scenarios connect by: `websocket`, or `long-poll`, for which the package's class takes its place. */
  transport: process.env.CARILLON_TRANSPORT ?? 'websocket',
  /** Which version of the client library: a name in package.json. */
  library: process.env.CARILLON_CLIENT ?? 'centrifuge-5.8',
  /** Where the local runtime lets itself be tampered with; only some scenarios need it. */
  control: process.env.CARILLON_CONTROL,
};
