import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { State } from '../../appliance/storage/state.ts';
import type { TourRecord } from '../../appliance/tour/record.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-state-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const record = (id: string, name = 'Old town'): TourRecord => ({
  id,
  code: 'ABC234',
  name,
  floorLanguage: 'en',
  languages: ['es'],
  state: 'ready',
  muted: false,
  microphone: 'none',
  underlay: 'quiet',
  createdAt: '2026-01-01T00:00:00.000Z',
});

async function open(directory = folder): Promise<State> {
  const state = new State({ directory, first: () => ({ signingKey: 'key', setupCode: 'ABCDEFGH' }) });
  await state.start();
  return state;
}

test('what was acknowledged is there after a restart', async () => {
  const state = await open();
  await state.saveTour(record('a'));
  await state.saveTour(record('b'));
  await state.saveTour(record('a', 'Harbour'));
  await state.deleteTour('b');
  const again = await open();
  expect(again.tours).toEqual([record('a', 'Harbour')]);
  expect(again.signingKey).toBe('key');
});

test('each write is on the disk when it is acknowledged, however many come at once', async () => {
  const state = await open();
  const path = join(folder, 'state.json');
  await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      await state.saveTour(record(`t${i}`));
      const { tours } = JSON.parse(await readFile(path, 'utf8')) as { tours: TourRecord[] };
      expect(tours.some(({ id }) => id === `t${i}`)).toBe(true);
    }),
  );
  await state.stop();
  expect((await open()).tours).toHaveLength(50);
});

test('half a file that a power cut left beside it is no harm', async () => {
  await (await open()).saveTour(record('a'));
  await writeFile(join(folder, 'state.json.new'), '{"version":1,"to');
  const state = await open();
  expect(state.tours).toHaveLength(1);
  await state.saveTour(record('b'));
  expect((await open()).tours).toHaveLength(2);
});

test('a write that fails is said so, and the next one works again', async () => {
  const directory = join(folder, 'data');
  const state = await open(directory);
  await rm(directory, { recursive: true });
  await expect(state.saveTour(record('a'))).rejects.toMatchObject({ code: 'storage_failed' });
  await mkdir(directory);
  await state.saveTour(record('b'));
  expect((await open(directory)).tours.map(({ id }) => id)).toContain('b');
});

test('nobody else on the machine can read the keys', async () => {
  const directory = join(folder, 'data');
  await (await open(directory)).saveTour(record('a'));
  expect((await stat(directory)).mode & 0o077).toBe(0);
  expect((await stat(join(directory, 'state.json'))).mode & 0o077).toBe(0);
});

test('a state file that cannot be a file is an error that says what to do', async () => {
  await mkdir(join(folder, 'state.json'));
  await expect(open()).rejects.toMatchObject({
    code: 'storage_failed',
    message: expect.stringContaining('Mend it or move it away'),
  });
});
