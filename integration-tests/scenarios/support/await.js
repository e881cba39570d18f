import { inspect } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

/** Beside other scenarios, or with an emulator in a process of its own, everything may take longer. */
const DEADLINE = 15_000 * Number(process.env.CARILLON_PATIENCE ?? 1);

/**
 * Waits until `probe` gives something truthy, and gives that. After the deadline it fails with `what`, which may be a
 * function, to say what was there instead.
 */
export async function eventually(what, probe, deadline = DEADLINE) {
  const end = performance.now() + deadline;
  for (;;) {
    const value = await probe();
    if (value) {
      return value;
    }
    if (performance.now() > end) {
      throw new Error(`It did not happen within ${deadline} ms: ${typeof what === 'function' ? what() : what}`);
    }
    await pause(5);
  }
}

/** Waits until `list` holds `number` items, and gives it. */
export function filled(what, list, number) {
  return eventually(
    () => `${number} x ${what}; there were ${list.length}: ${inspect(list, { depth: 5, maxArrayLength: 20 })}`,
    () => list.length >= number && list,
  );
}
