import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { absentNativePackages } from '../../release/native-packages.ts';
import { ReleaseKey } from '../../release/release-key.ts';
import { seal } from '../../release/seal.ts';

const STAMP = { version: '1.2.3', date: '2026-11-21T08:00:00.000Z' };

let folder: string;
let staged: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ubizo-seal-'));
  staged = join(folder, 'staged');
  mkdirSync(join(staged, 'firmware-scripts'), { recursive: true });
  writeFileSync(join(staged, 'firmware-scripts/install'), '#!/bin/sh\n', { mode: 0o755 });
});

afterEach(() => rmSync(folder, { recursive: true }));

const sealTo = (out: string, key = ReleaseKey.make(join(folder, `${out}.pem`))) => {
  mkdirSync(join(folder, out));
  return seal({ staged, stamp: STAMP, out: join(folder, out), key, level: 0 });
};

test('an archive unpacks into one folder of its version, as root’s, with its programs', async () => {
  const { archive } = await sealTo('out');
  expect(archive).toBe(join(folder, 'out/ubizo-1.2.3.tar.xz'));
  const listing = execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--file', archive], {
    encoding: 'utf8',
  });
  expect(listing).toMatch(/^-rwxr-xr-x 0\/0 .* ubizo-1\.2\.3\/firmware-scripts\/install$/m);
  expect(listing.split('\n').filter((line) => line !== '' && !line.includes(' ubizo-1.2.3/'))).toEqual([]);
});

test('the same contents give the same bytes, whenever they were written', async () => {
  const first = await sealTo('first');
  utimesSync(join(staged, 'firmware-scripts/install'), 1, 1);
  const second = await sealTo('second');
  expect(readFileSync(second.archive).equals(readFileSync(first.archive))).toBe(true);
});

test('sha256sum accepts the archive, until a byte of it is another', async () => {
  const { archive, checksum } = await sealTo('out');
  const check = () => spawnSync('sha256sum', ['--check', checksum], { cwd: join(folder, 'out') }).status;
  expect(check()).toBe(0);
  appendFileSync(archive, 'x');
  expect(check()).toBe(1);
});

test('a native package that npm left out is named', async () => {
  const lock = {
    packages: {
      'node_modules/opus-x64': { optional: true, os: ['linux'], cpu: ['x64'] },
      'node_modules/opus-arm64': { optional: true, os: ['linux'], cpu: ['arm64'] },
      'node_modules/opus-arm64-musl': { optional: true, os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
      'node_modules/opus-mac': { optional: true, os: ['darwin'], cpu: ['arm64'] },
      'node_modules/linter-arm64': { dev: true, os: ['linux'], cpu: ['arm64'] },
      'node_modules/koa': {},
    },
  };
  writeFileSync(join(staged, 'package-lock.json'), JSON.stringify(lock));
  mkdirSync(join(staged, 'node_modules/opus-x64'), { recursive: true });
  expect(await absentNativePackages(staged, 'x64')).toEqual([]);
  expect(await absentNativePackages(staged, 'arm64')).toEqual(['node_modules/opus-arm64']);
});
