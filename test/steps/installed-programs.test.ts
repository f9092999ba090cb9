import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BOX_PROGRAMS, TEST_PROGRAMS } from '../../appliance/health/programs.ts';
import { installedPrograms } from './installed-programs.ts';
import { pathOfSteps } from './programs.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ubizo-path-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** What a shell finds and says that has nothing but this path. */
function shell(path: string, command: string) {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', command], { env: { PATH: path }, encoding: 'utf8' });
  return { status, said: stdout.trim() };
}

/** A path with what these packages bring. */
async function pathOf(...packages: string[]): Promise<string> {
  return (await installedPrograms(packages, join(folder, packages.join('+') || 'none'))) ?? '';
}

test('a program that no listed package brings is not found, though it is installed', async () => {
  expect(shell(await pathOf(), 'sox --version').status).toBe(127);
  expect(shell(await pathOf('sox'), 'sox --version').status).toBe(0);
});

test('what every Debian has works, where there is a choice of programs too', async () => {
  const bare = await pathOf();
  expect(shell(bare, `echo 1 2 | awk '{ print $2 }' | sed s/2/two/ | grep two`).said).toBe('two');
  expect(shell(bare, 'mount --version && tar --version && bash -c true && perl -e 1').status).toBe(0);
});

test('what a listed package depends on is found', async () => {
  expect(shell(await pathOf(), 'command -v apertium').status).toBe(127);
  expect(shell(await pathOf('apertium-eng-spa'), 'command -v apertium').status).toBe(0);
});

test('the steps find the administrator’s programs, and whatever proves that a package is there', async () => {
  const path = await pathOfSteps({ bin: join(folder, 'bin'), folder: join(folder, 'steps') });
  const proofs = [...BOX_PROGRAMS, ...TEST_PROGRAMS].flatMap(({ proof }) =>
    proof.kind === 'program' ? [proof.program] : [],
  );
  const wanted = ['nft', 'visudo', 'hostapd', 'node', ...proofs];
  expect(wanted.filter((program) => shell(path, `command -v ${program}`).status !== 0)).toEqual([]);
  expect(shell(path, 'nft --version').said).toContain('nftables');
});

test('without dpkg the steps have what there is', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const path = await pathOfSteps({ bin: join(folder, 'bin'), folder: join(folder, 'steps') });
  expect(path.split(':').slice(1)).toEqual([join(folder, 'bin'), '/nowhere', '/usr/sbin', '/sbin']);
});
