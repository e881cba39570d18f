/** A backend that is down when it is told to be, and notes each call. */
import { appendFileSync } from 'node:fs';

export const handler = async ({ data }) => {
  appendFileSync(data.diary, 'called\n');
  if (data.down) {
    throw new Error('the database is away');
  }
  return { result: { data: 'up' } };
};
