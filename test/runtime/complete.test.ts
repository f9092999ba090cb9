import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const CPU = process.arch;
const OTHER_CPU = CPU === 'x64' ? 'arm64' : 'x64';

let project: string;

/** A project after `npm ci`, whose own npm is a script that says how it was called and installs `bundler-native`. */
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'ubizo-complete-'));
  const modules = join(project, 'node_modules');
  for (const folder of ['.bin', `node-linux-${CPU}/bin`])
    await mkdir(join(modules, folder), { recursive: true });
  await cp(join(PROJECT, 'runtime'), join(project, 'runtime'), { recursive: true });
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  await writeFile(join(modules, '.bin/npm'), '#!/usr/bin/env node\n', { mode: 0o755 });
  const node = `#!/bin/sh\necho "pinned: $*" >>called\nmkdir node_modules/bundler-native\n`;
  await writeFile(join(modules, `node-linux-${CPU}/bin/node`), node, { mode: 0o755 });
  await lock({ 'bundler-native': { cpu: [CPU], dev: true }, 'bundler-other': { cpu: [OTHER_CPU] } });
});

afterEach(() => rm(project, { recursive: true }));

function lock(packages: Readonly<Record<string, object>>): Promise<void> {
  const entries = Object.entries(packages).map(([name, what]) => [
    `node_modules/${name}`,
    { optional: true, os: ['linux'], ...what },
  ]);
  return writeFile(
    join(project, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, ...Object.fromEntries(entries) } }),
  );
}

/** How the project's npm was called; nothing when it was not. */
async function complete(environment: Readonly<Record<string, string>> = {}) {
  const { status, stderr } = spawnSync(process.execPath, [join(project, 'runtime/complete.js')], {
    env: { PATH: '/usr/bin:/bin', ...environment },
    encoding: 'utf8',
  });
  const called = await readFile(join(project, 'called'), 'utf8').catch(() => '');
  return { status, stderr, called };
}

test('a native package that npm left out is fetched by the project’s npm, on the pinned Node', async () => {
  const { status, stderr, called } = await complete();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(called).toContain(`pinned: ${project}/node_modules/.bin/npm install --no-save --ignore-scripts`);
});

test('where all is there, npm is not asked again', async () => {
  await mkdir(join(project, 'node_modules/bundler-native'));
  expect(await complete()).toEqual({ status: 0, stderr: '', called: '' });
});

test.for(['optional', 'dev', 'dev\n\noptional'])('what is left out by --omit=%s stays out', async (omit) => {
  expect(await complete({ npm_config_omit: omit })).toEqual({ status: 0, stderr: '', called: '' });
});

test('what cannot be had is named', async () => {
  await lock({ 'rare-native': { cpu: [CPU] } });
  expect(await complete()).toMatchObject({ status: 0, stderr: 'npm left out node_modules/rare-native.\n' });
});
