import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { silentLog } from '../../appliance/log.ts';
import type { Section, Sections } from '../../appliance/storage/section.ts';
import { State } from '../../appliance/storage/state.ts';

/** Sections of domains that the storage has never heard of, as three releases of a program had them. */

interface Flags {
  flags: string[];
}
interface Weather {
  weather: { degrees: number };
}

const flags: Section<string[]> = { since: 3, schema: z.array(z.string()), first: () => ['red'] };
const celsius = { schema: z.object({ degrees: z.number() }), first: () => ({ degrees: 20 }) };
const weather: Section<Weather['weather']> = { since: 4, ...celsius };
/** The release after them counts in kelvin. */
const inKelvin: Section<Weather['weather']> = {
  ...weather,
  first: () => ({ degrees: 293 }),
  migrations: {
    4: (file) => ({ degrees: z.object({ weather: celsius.schema }).parse(file).weather.degrees + 273 }),
  },
};

let folder: string;
let path: string;
let stop: () => Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-sections-'));
  path = join(folder, 'state.json');
  stop = () => Promise.resolve();
});

afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

/** As the program of that release starts it, after the one before was stopped. */
async function release<D extends object>(sections: Sections<D>): Promise<State<D>> {
  await stop();
  const state = new State<D>({ directory: folder, sections, log: silentLog() });
  await state.start();
  stop = () => state.stop();
  return state;
}

const written = async (): Promise<unknown> => JSON.parse(await readFile(path, 'utf8')) as unknown;

test('each section begins as its domain says, and is written under its name', async () => {
  const state = await release<Flags & Weather>({ flags, weather });
  expect(state.kept).toEqual({ flags: ['red'], weather: { degrees: 20 } });
  await state.update((draft) => {
    draft.flags.push('blue');
    draft.weather.degrees = 21;
  });
  expect(await written()).toMatchObject({ version: 4, flags: ['red', 'blue'], weather: { degrees: 21 } });
});

test('a section that is new joins what is there, and makes the file one of a later version', async () => {
  const before = await release<Flags>({ flags });
  await before.update((draft) => void draft.flags.push('blue'));
  expect(await written()).toMatchObject({ version: 3 });
  const state = await release<Flags & Weather>({ flags, weather });
  expect(state.kept).toEqual({ flags: ['red', 'blue'], weather: { degrees: 20 } });
  expect(await written()).toMatchObject({ version: 4 });
  expect(await readFile(`${path}.v3`, 'utf8'), 'that before is kept').toContain('"version": 3');
  await expect(release<Flags>({ flags }), 'a program that would lose it').rejects.toMatchObject({
    code: 'storage_failed',
    message: expect.stringContaining('later version'),
  });
});

test('a section that changes is migrated by its domain, whichever release comes before', async () => {
  await (
    await release<Flags & Weather>({ flags, weather })
  ).update((draft) => void (draft.weather.degrees = 7));
  expect((await release<Flags & Weather>({ flags, weather: inKelvin })).kept).toEqual({
    flags: ['red'],
    weather: { degrees: 280 },
  });
  await stop();
  await rm(path);
  await rm(`${path}.last`);
  await release<Flags>({ flags });
  const state = await release<Flags & Weather>({ flags, weather: inKelvin });
  expect(state.kept.weather, 'never written in the unit before').toEqual({ degrees: 293 });
});

test('a file that lacks a section which it should have is a broken one', async () => {
  await release<Flags & Weather>({ flags, weather });
  await stop();
  await writeFile(path, '{"version":4,"revision":9,"flags":["green"]}');
  const state = await release<Flags & Weather>({ flags, weather });
  expect(state.problem).toMatchObject({ code: 'storage_restored' });
  expect(state.kept.flags).toEqual(['red']);
});

test('what no section knows of is not kept, and a change that breaks a section is none', async () => {
  const state = await release<Flags>({ flags });
  await state.update((draft) => void Object.assign(draft, { secret: 'x' }));
  expect(JSON.stringify(await written())).not.toContain('secret');
  await expect(state.update((draft) => void Object.assign(draft, { flags: 'none' }))).rejects.toThrow();
  expect(state.kept).toEqual({ flags: ['red'] });
});
