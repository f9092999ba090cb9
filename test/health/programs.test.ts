import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeInstallation, installPrograms } from '../../appliance/health/program-installation.ts';
import {
  BOX_PROGRAMS,
  checkPrograms,
  describeMissing,
  TEST_PROGRAMS,
  type Program,
} from '../../appliance/health/programs.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ubizo-programs-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** Puts a file under `root`. */
async function put(path: string, content = '', mode = 0o644): Promise<string> {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
  await chmod(full, mode);
  return full;
}

function names(programs: readonly Program[]): string[] {
  return programs.map(({ name }) => name);
}

/** A program of which a file below `root` is the proof. */
function fileProgram(name: string): Program {
  return {
    name,
    purpose: `a test of ${name}`,
    without: `There is no ${name}.`,
    proof: { kind: 'file', pattern: join(root, 'share', name) },
  };
}

test('on a machine with everything nothing is missing', async () => {
  expect(names((await checkPrograms([...BOX_PROGRAMS, ...TEST_PROGRAMS])).missing)).toEqual([]);
});

test('on an empty machine everything is missing', async () => {
  const { present, missing } = await checkPrograms(BOX_PROGRAMS, { path: join(root, 'bin'), root });
  expect(present).toEqual([]);
  expect(missing).toEqual(BOX_PROGRAMS);
});

test('what is there is found by its program or file, whoever installed it', async () => {
  await put('bin/arecord', '', 0o755);
  // Not a program, not even for root: nobody may run it.
  await put('bin/espeak-ng', '', 0o644);
  await put('usr/share/apertium/modes/eng-spa.mode');
  await put('usr/lib/aarch64-linux-gnu/alsa-lib/libasound_module_pcm_pulse.so');
  const all = [...BOX_PROGRAMS, ...TEST_PROGRAMS];
  const { present } = await checkPrograms(all, { path: join(root, 'bin'), root });
  expect(names(present)).toEqual(['alsa-utils', 'apertium-eng-spa', 'libasound2-plugins']);
});

test('what is missing is told with what it is for and what does not work', () => {
  const missing = BOX_PROGRAMS.filter(({ name }) => ['alsa-utils', 'apertium', 'espeak-ng'].includes(name));
  expect(describeMissing(missing)).toEqual([
    'Not installed: alsa-utils (the microphone on the box), apertium (translating offline), espeak-ng (speaking translations offline).',
    'A microphone on the box is not heard; a phone as the microphone is.',
    'Languages need the internet: the box cannot interpret by itself.',
  ]);
  expect(describeMissing([])).toEqual([]);
});

test('what is missing is installed, with progress', async () => {
  const [tea, cake] = [fileProgram('tea'), fileProgram('cake')];
  const script = await put(
    'install',
    `#!/bin/sh\nmkdir -p ${root}/share\nfor name in "$@"; do echo "Installing $name"; touch ${root}/share/$name; done\n`,
    0o755,
  );
  const lines: string[] = [];
  const onProgress = (line: string) => lines.push(line);
  const installation = await installPrograms({ missing: [tea, cake], onProgress, script, root: true });
  expect(installation).toEqual({ kind: 'installed', programs: [tea, cake] });
  expect(lines).toEqual(['Installing tea', 'Installing cake']);
  expect(describeInstallation(installation)).toEqual(['Installed: tea, cake.']);
});

test('what could not be installed is told with the reason; the rest is there', async () => {
  const [tea, cake] = [fileProgram('tea'), fileProgram('cake')];
  const script = await put(
    'install',
    `#!/bin/sh\nmkdir -p ${root}/share\ntouch ${root}/share/tea\necho 'E: no cake' >&2\nexit 1\n`,
    0o755,
  );
  const installation = await installPrograms({
    missing: [tea, cake],
    onProgress: () => undefined,
    script,
    root: true,
  });
  expect(installation).toMatchObject({ kind: 'failed', missing: [cake], reason: 'E: no cake' });
  const lines = describeInstallation(installation);
  expect(lines).toContain('There is no cake.');
  expect(lines).not.toContain('There is no tea.');
  expect(lines.at(-1)).toMatch(/^To try again: sudo .*install tea cake$/);
});

test('a script that cannot be run is a failure, not an exception', async () => {
  const installation = await installPrograms({
    missing: [fileProgram('tea')],
    onProgress: () => undefined,
    script: join(root, 'nothing'),
    root: true,
  });
  expect(installation.kind).toBe('failed');
});

test.for([
  ['switched-off', { environment: { ...process.env, UBIZO_INSTALL: 'no' }, root: true }],
  ['not-root', { root: false }],
  ['no-apt-get', { environment: { PATH: '/nowhere' }, root: true }],
] as const)('%s: nothing is installed, and it is said how to', async ([why, options]) => {
  const tea = fileProgram('tea');
  const script = await put('install', '#!/bin/sh\nexit 99\n', 0o755);
  const installation = await installPrograms({
    missing: [tea],
    script,
    onProgress: () => expect.unreachable(),
    ...options,
  });
  expect(installation).toMatchObject({ kind: 'left-out', why, missing: [tea] });
  const lines = describeInstallation(installation);
  expect(lines).toContain('There is no tea.');
  expect(lines.at(-1)).toContain('tea');
});

test('with nothing missing nothing is run', async () => {
  const installation = await installPrograms({ missing: [], onProgress: () => expect.unreachable() });
  expect(describeInstallation(installation)).toEqual([]);
});
