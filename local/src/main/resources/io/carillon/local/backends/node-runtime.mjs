// Runs a handler as Lambda's runtime for Node.js does: asks the Runtime API for an event, calls the handler, answers.
import { request } from 'node:http';
import { pathToFileURL } from 'node:url';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const file = process.argv.at(-1);

/** Without a deadline, since the next event may be hours away. */
function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path: `/2018-06-01/runtime/${path}` }, response => {
      const parts = [];
      response.on('data', part => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ headers: response.headers, text: Buffer.concat(parts).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function described(error) {
  return JSON.stringify({
    errorType: error?.name ?? typeof error,
    errorMessage: error?.message ?? String(error),
    trace: error?.stack?.split('\n') ?? [],
  });
}

function context(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const client = headers['lambda-runtime-client-context'];
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: client === undefined ? undefined : JSON.parse(client),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function load() {
  const module = await import(pathToFileURL(file));
  const handler = module.handler ?? module.default?.handler;
  if (typeof handler !== 'function') {
    throw new Error(`${file} exports no function "handler": write export const handler = async event => ...`);
  }
  if (handler.length > 2) {
    throw new Error(`The handler of ${file} takes a callback, which newer runtimes of Lambda do not give: make it async`);
  }
  return handler;
}

async function answer(handler, { headers, text }) {
  const id = headers['lambda-runtime-aws-request-id'];
  let result;
  try {
    result = JSON.stringify((await handler(JSON.parse(text), context(headers))) ?? null);
  } catch (error) {
    console.error(error);
    return call('POST', `invocation/${id}/error`, described(error));
  }
  return call('POST', `invocation/${id}/response`, result);
}

async function run() {
  let handler;
  try {
    handler = await load();
  } catch (error) {
    console.error(error);
    await call('POST', 'init/error', described(error));
    process.exit(1);
  }
  for (;;) {
    await answer(handler, await call('GET', 'invocation/next'));
  }
}

// Whoever started this is gone: nobody is left to work for.
run().catch(() => process.exit(0));
