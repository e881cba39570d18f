const WEBHOOKS = 'another SNS may not reach this machine, repeats after 20 seconds, and signs in ways of its own';

/**
 * What is not run with an emulator, and why: each is something that the emulator does otherwise than AWS. All that is left
 * out is listed here, and shown as skipped, with the reason, where it would have run.
 */
const LEFT_OUT = {
  '': { 'a webhook': WEBHOOKS },
  moto: {
    'a webhook': WEBHOOKS,
    'publishes once for one idempotency key':
      'moto 5.2.1 does not keep transactions apart: of several at once with the same condition, two may pass',
    'delivers each of 1,000 publications once and in order while subscribers come and go':
      'moto 5.2.1 puts a whole table back to what it was when a transaction is cancelled, with what others wrote meanwhile',
  },
};

/** Gives why a test is left out with the AWS that is under test, or false. */
export function leftOut(name) {
  return LEFT_OUT[process.env.CARILLON_AWS]?.[name] ?? false;
}
