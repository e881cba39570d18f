import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const path = relative => fileURLToPath(new URL(relative, import.meta.url));

function compiles(project) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path('../node_modules/typescript/bin/tsc'), '--project', path(project)],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout + stderr);
}

test('the types of carillon-transport go with those of the client library', () => compiles('tsconfig.json'));

test('the types of carillon-transport need those of no page', () => compiles('tsconfig.plain.json'));
