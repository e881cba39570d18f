/**
 * What is not run with an emulator, and why: each is something that the emulator does otherwise than AWS. All that is left
 * out is listed here, and shown as skipped, with the reason, where it would have run.
 */
const LEFT_OUT = {
  '': { 'a webhook': 'another SNS may not reach this machine, and LocalStack 4.14.0 does not post again' },
  moto: { 'a webhook': 'moto 5.2.1 asks no receiver to confirm, posts without the headers of SNS, and does not post again' },
};

/** Gives why a test is left out with the AWS that is under test, or false. */
export function leftOut(name) {
  return LEFT_OUT[process.env.CARILLON_AWS]?.[name] ?? false;
}
