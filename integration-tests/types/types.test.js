import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const path = relative => fileURLToPath(new URL(relative, import.meta.url));

test('the types of carillon-transport go with those of the client library', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path('../node_modules/typescript/bin/tsc'), '--project', path('tsconfig.json')],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout + stderr);
});
