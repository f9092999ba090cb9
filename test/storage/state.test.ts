import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountState } from '../../appliance/account/section.ts';
import { sections } from '../../appliance/assembly/storage.ts';
import { silentLog } from '../../appliance/log.ts';
import { State } from '../../appliance/storage/state.ts';
import type { TourRecord } from '../../appliance/tour/record.ts';
import { type TourState, TourStore } from '../../appliance/tour/tour-store.ts';
import { mayMount, mountDisk, unmountDisk } from '../small-disk.ts';

let folder: string;
let path: string;
let opened: BoxState[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-state-'));
  path = join(folder, 'state.json');
  opened = [];
});

afterEach(async () => {
  for (const state of opened) await state.stop();
  unmountDisk(folder);
  await rm(folder, { recursive: true, force: true });
});

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

const VERSION_1 = JSON.stringify({
  version: 1,
  tours: [record('a')],
  signingKey: 'old-key',
  setupCode: 'OLDCODE2',
});

/** A box's state, with its tours as they are stored. */
class BoxState extends State<AccountState & TourState> {
  readonly store = new TourStore({ state: this });
}

async function open(directory = folder): Promise<BoxState> {
  const state = new BoxState({
    directory,
    sections: sections(() => ({ signingKey: { id: 'k', key: 'key', createdAt: 0 }, setupCode: 'ABCDEFGH' })),
    log: silentLog(),
    retryMs: 20,
  });
  await state.start();
  opened.push(state);
  return state;
}

/** Switched off and on again. */
async function reopen(): Promise<BoxState> {
  for (const state of opened.splice(0)) await state.stop();
  return open();
}

const names = (state: BoxState): string[] => state.kept.tours.map(({ name }) => name);

test('what was acknowledged is there after a restart', async () => {
  const state = await open();
  await state.store.add(record('a'));
  await state.store.add(record('b'));
  await state.store.change('a', { name: 'Harbour' });
  await state.store.delete('b');
  const again = await reopen();
  expect(again.kept.tours).toEqual([record('a', 'Harbour')]);
  expect(again.kept.device).toMatchObject({ setupCode: 'ABCDEFGH', signingKeys: [{ key: 'key' }] });
  expect(again.problem).toBeUndefined();
});

test('each change is on the disk when it is acknowledged, however many come at once', async () => {
  const state = await open();
  await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      await state.store.add(record(`t${i}`));
      const { tours } = JSON.parse(await readFile(path, 'utf8')) as { tours: TourRecord[] };
      expect(tours.some(({ id }) => id === `t${i}`)).toBe(true);
    }),
  );
  expect((await reopen()).kept.tours).toHaveLength(50);
});

test('a change shows when it is on the disk, and not before', async () => {
  const state = await open();
  const saved = state.store.add(record('a'));
  expect(state.kept.tours).toEqual([]);
  await saved;
  expect(state.kept.tours).toHaveLength(1);
});

test('a change sees all that were asked for before it, and answers what it found', async () => {
  const state = await open();
  const [, second] = await Promise.all([
    state.store.add(record('a')),
    state.update(({ tours }) => tours.map(({ id }) => id)),
  ]);
  expect(second).toEqual(['a']);
});

test('a change that fails halfway, or makes no sense, leaves nothing behind and keeps no other from being saved', async () => {
  const state = await open();
  const changes = [
    state.store.add(record('a')),
    state.update(({ device }) => {
      device.name = 'Half';
      throw new Error('no');
    }),
    state.update(({ device }) => {
      device.retention.transcriptDays = -1;
    }),
    state.store.add(record('b')),
  ];
  const results = await Promise.allSettled(changes);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  const again = await reopen();
  expect(again.kept.tours.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(again.kept.device).toMatchObject({ name: 'Ubizo', retention: { transcriptDays: 30 } });
});

test('half a file that a power cut left beside it is no harm', async () => {
  await (await open()).store.add(record('a'));
  await writeFile(`${path}.new`, '{"version":2,"to');
  const state = await reopen();
  expect(state.kept.tours).toHaveLength(1);
  await state.store.add(record('b'));
  expect((await reopen()).kept.tours).toHaveLength(2);
});

test('nobody else on the machine can read what is kept', async () => {
  const directory = join(folder, 'data');
  await (await open(directory)).store.add(record('a'));
  await opened.at(-1)?.stop();
  expect((await stat(directory)).mode & 0o077).toBe(0);
  for (const file of await readdir(directory))
    expect((await stat(join(directory, file))).mode & 0o077, file).toBe(0);
});

test('a tour that was deleted is remembered until nothing is left of it', async () => {
  const state = await open();
  await state.store.add(record('a'));
  await state.store.delete('a');
  expect((await reopen()).kept.erasing).toEqual(['a']);
  await opened[0]?.store.erased('a');
  expect((await reopen()).kept.erasing).toEqual([]);
});

test('an older version’s state becomes today’s, and is kept as it was', async () => {
  await writeFile(path, VERSION_1);
  const state = await open();
  expect(names(state)).toEqual(['Old town']);
  expect(state.kept.device).toMatchObject({ setupCode: 'OLDCODE2', signingKeys: [{ key: 'old-key' }] });
  expect(state.problem).toBeUndefined();
  expect(await readFile(`${path}.v1`, 'utf8')).toBe(VERSION_1);
  await state.store.add(record('b', 'Harbour'));
  expect(names(await reopen())).toEqual(['Old town', 'Harbour']);
  await opened[0]?.stop();
  expect((await readdir(folder)).toSorted()).toEqual(['state.json', 'state.json.last', 'state.json.v1']);
});

describe('of a damaged file', () => {
  const DAMAGE: [string, (text: string) => string][] = [
    ['truncated', (text) => text.slice(0, Math.floor(text.length / 2))],
    ['empty', () => ''],
    ['full of zeros', (text) => '\0'.repeat(text.length)],
    ['full of garbage', () => '\u{1F4A9}]}"\0{{'],
    ['of another program', () => '{"version":2,"tours":"none"}'],
  ];

  test.each(DAMAGE)(
    'that is %s, nothing that was acknowledged is lost, and it is kept',
    async (_, damage) => {
      const state = await open();
      await state.store.add(record('a'));
      await state.store.add(record('b', 'Harbour'));
      await state.stop();
      const broken = damage(await readFile(path, 'utf8'));
      await writeFile(path, broken);

      const restored = await reopen();
      expect(names(restored)).toEqual(['Old town', 'Harbour']);
      expect(restored.kept.device.signingKeys).toHaveLength(1);
      expect(restored.problem).toMatchObject({ code: 'storage_restored' });
      const aside = (await readdir(folder)).filter((file) => /^state\.json\.broken-\d{4}-/.test(file));
      expect(aside).toHaveLength(1);
      expect(await readFile(join(folder, aside[0] ?? ''), 'utf8')).toBe(broken);

      await restored.store.add(record('c', 'Castle'));
      const again = await reopen();
      expect(names(again)).toEqual(['Old town', 'Harbour', 'Castle']);
      expect(again.problem, 'told once').toBeUndefined();
    },
  );

  test.each(DAMAGE)('that is %s in both copies, the box begins anew and keeps them', async (_, damage) => {
    const state = await open();
    await state.store.add(record('a'));
    await state.stop();
    for (const file of [path, `${path}.last`]) await writeFile(file, damage(await readFile(file, 'utf8')));

    const fresh = await reopen();
    expect(fresh.kept.tours).toEqual([]);
    expect(fresh.problem).toMatchObject({ code: 'storage_lost' });
    await fresh.store.add(record('b'));
    expect((await readdir(folder)).filter((file) => file.includes('broken'))).toHaveLength(2);
    expect((await reopen()).kept.tours).toHaveLength(1);
  });

  test('that is gone, the copy is used', async () => {
    await (await open()).store.add(record('a'));
    await opened[0]?.stop();
    await rm(path);
    const restored = await reopen();
    expect(restored.kept.tours).toHaveLength(1);
    expect(restored.problem).toMatchObject({ code: 'storage_restored' });
  });

  test('a second one of the same second does not overwrite the first', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    try {
      for (const garbage of ['one', 'two']) {
        await reopen();
        await opened.at(-1)?.stop();
        await writeFile(path, garbage);
        await reopen();
      }
    } finally {
      vi.useRealTimers();
    }
    const aside = (await readdir(folder)).filter((file) => file.includes('broken'));
    const kept = await Promise.all(aside.map((file) => readFile(join(folder, file), 'utf8')));
    expect(kept.toSorted()).toEqual(['one', 'two']);
  });
});

test.each([
  ['state.json', `{"version":99,"tours":[]}`],
  ['state.json.last', `{"version":99,"tours":[]}`],
])(
  'a later version’s %s is left as it is: the box says what to do and does not start',
  async (file, text) => {
    await writeFile(join(folder, file), text);
    await expect(open()).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('later version'),
    });
    expect(await readdir(folder)).toEqual([file]);
    expect(await readFile(join(folder, file), 'utf8')).toBe(text);
  },
);

test('a second box does not get at the folder of one that runs, and gets it when that has ended', async () => {
  const state = await open();
  await expect(open()).rejects.toMatchObject({
    code: 'storage_failed',
    message: expect.stringContaining('Another box uses the folder'),
  });
  await state.store.add(record('a'));
  await state.stop();
  expect((await open()).kept.tours).toHaveLength(1);
});

test('a change that is asked for too early is refused', async () => {
  const state = new BoxState({ directory: folder, sections: sections(theEnd), log: silentLog() });
  await expect(state.store.add(record('a'))).rejects.toMatchObject({ code: 'storage_failed' });
});

test('a state file that cannot be a file is an error that says what to do', async () => {
  await mkdir(path);
  await expect(open()).rejects.toMatchObject({
    code: 'storage_failed',
    message: expect.stringContaining('Mend it or move it away'),
  });
});

function theEnd(): never {
  throw new Error('the end of the test');
}

test('no part of a broken file reaches an error or the log: it holds keys', async () => {
  const said: string[] = [];
  const log = { info: say, warn: say, error: say };
  function say(details: object, message: string): void {
    said.push(JSON.stringify(details), message);
  }
  await writeFile(path, '{"openaiKey":"sk-secret", oops');
  const state = new BoxState({ directory: folder, sections: sections(theEnd), log: log as never });
  await state.start().catch((error: Error) => said.push(String(error), String(error.cause)));
  expect(said.join()).toContain('the end of the test');
  expect(said.join()).not.toContain('sk-');
});

describe.runIf(mayMount)('on a disk that takes nothing', () => {
  test('because it is full, a change fails as a whole, is told, and works again when there is room', async () => {
    mountDisk(folder, 'size=64k,mode=700');
    const state = await open();
    await state.store.add(record('a'));
    const before = await readFile(path, 'utf8');
    await expect(state.store.add(record('b', 'x'.repeat(100_000)))).rejects.toMatchObject({
      code: 'storage_failed',
    });
    expect(names(state)).toEqual(['Old town']);
    expect(state.problem).toMatchObject({ code: 'storage_failed' });
    expect(await readFile(path, 'utf8')).toBe(before);

    await vi.waitUntil(() => state.problem === undefined);
    await state.store.add(record('c', 'Harbour'));
    expect(names(await reopen())).toEqual(['Old town', 'Harbour']);
  });

  test('because it is full to the last block, the box starts with what it knows', async () => {
    mountDisk(folder, 'size=64k,mode=700');
    await (await open()).store.add(record('a'));
    await opened[0]?.stop();
    await writeFile(join(folder, 'ballast'), Buffer.alloc(64 * 1024)).catch(() => undefined);
    const state = await reopen();
    expect(names(state)).toEqual(['Old town']);
    expect(state.problem).toMatchObject({ code: 'storage_failed' });
    await expect(state.store.delete('a')).rejects.toMatchObject({ code: 'storage_failed' });
    expect(names(state)).toEqual(['Old town']);
    await rm(join(folder, 'ballast'));
    await vi.waitUntil(() => state.problem === undefined);
  });

  test('because it is read-only, the last good copy is used and a broken file stays where it is', async () => {
    mountDisk(folder, 'size=1m,mode=700');
    await (await open()).store.add(record('a'));
    await opened[0]?.stop();
    await writeFile(path, 'garbage');
    mountDisk(folder, 'remount,ro');
    const state = await reopen();
    expect(names(state)).toEqual(['Old town']);
    await expect(state.store.add(record('b'))).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await readFile(path, 'utf8')).toBe('garbage');

    mountDisk(folder, 'remount,rw');
    await vi.waitUntil(() => state.problem?.code === 'storage_restored');
    expect((await readdir(folder)).filter((file) => file.includes('broken'))).toHaveLength(1);
  });

  test('because it is read-only, an older version’s state is used and not touched', async () => {
    mountDisk(folder, 'size=1m,mode=700');
    await writeFile(path, VERSION_1);
    mountDisk(folder, 'remount,ro');
    const state = await open();
    expect(names(state)).toEqual(['Old town']);
    mountDisk(folder, 'remount,rw');
    await vi.waitUntil(() => state.problem === undefined);
    expect(await readFile(`${path}.v1`, 'utf8')).toBe(VERSION_1);
  });
});
