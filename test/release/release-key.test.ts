import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReleaseKey } from '../../release/release-key.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ubizo-key-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** As a box does it. */
function opensslAccepts(message: string, signature: Buffer, publicPem: string): boolean {
  writeFileSync(join(folder, 'message'), message);
  writeFileSync(join(folder, 'signature'), signature);
  writeFileSync(join(folder, 'public.pem'), publicPem);
  const args = 'pkeyutl -verify -pubin -inkey public.pem -rawin -in message -sigfile signature'.split(' ');
  return spawnSync('openssl', args, { cwd: folder }).status === 0;
}

test('what the key signs, openssl accepts on the box, and nothing else', () => {
  const key = ReleaseKey.make(join(folder, 'key.pem'));
  const signature = ReleaseKey.read(join(folder, 'key.pem')).sign(Buffer.from('this release'));
  expect(opensslAccepts('this release', signature, key.publicPem)).toBe(true);
  expect(opensslAccepts('that release', signature, key.publicPem)).toBe(false);
  const other = ReleaseKey.make(join(folder, 'other.pem'));
  expect(opensslAccepts('this release', signature, other.publicPem)).toBe(false);
});

test('a new key is for its owner only, and takes no other key’s place', () => {
  const path = join(folder, 'key.pem');
  ReleaseKey.make(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const before = readFileSync(path, 'utf8');
  expect(() => ReleaseKey.make(path)).toThrow('EEXIST');
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('a key that others may read is refused, with what to do', () => {
  const path = join(folder, 'key.pem');
  ReleaseKey.make(path);
  chmodSync(path, 0o640);
  expect(() => ReleaseKey.read(path)).toThrow(`chmod 600 ${path}`);
});

test('a key that was made with a passphrase opens with it only', () => {
  const path = join(folder, 'key.pem');
  const made = ReleaseKey.make(path, 'open sesame');
  expect(readFileSync(path, 'utf8')).toContain('ENCRYPTED');
  expect(ReleaseKey.read(path, 'open sesame').publicPem).toBe(made.publicPem);
  expect(() => ReleaseKey.read(path, 'open says me')).toThrow();
  expect(() => ReleaseKey.read(path, undefined)).toThrow();
});
