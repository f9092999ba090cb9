import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../../appliance/storage/make-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-folder-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a folder is made with those above it, for the box alone, also by several at once', async () => {
  const path = join(folder, 'a', 'b', 'c');
  await Promise.all([path, path, join(folder, 'a', 'd')].map((each) => makeFolder(each)));
  for (const made of [path, join(folder, 'a'), join(folder, 'a', 'd')])
    expect((await stat(made)).mode & 0o777).toBe(0o700);
  await makeFolder(path);
});

test('where a file is in the way it is an error', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file', 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(process.platform === 'linux')('where nothing can be made it ends, with an error', async () => {
  await expect(makeFolder('/proc/ubizo')).rejects.toThrow('/proc/ubizo cannot be made');
  await expect(makeFolder('/proc/ubizo/transcripts')).rejects.toThrow('/proc/ubizo cannot be made');
});
