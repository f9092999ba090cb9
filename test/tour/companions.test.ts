import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BoxState, sections } from '../../appliance/assembly/storage.ts';
import { Floor } from '../../appliance/floor/floor.ts';
import { silentLog } from '../../appliance/log.ts';
import { State } from '../../appliance/storage/state.ts';
import type { Companion } from '../../appliance/tour/companion.ts';
import { TourStore } from '../../appliance/tour/tour-store.ts';
import { Tours } from '../../appliance/tour/tours.ts';
import { ScriptEngine } from './script-engine.ts';
import { scriptedParts } from './tour-rig.ts';

const OLD_TOWN = { name: 'Old town', floorLanguage: 'en', languages: ['es'] };

let folder: string;
let state: BoxState;
let tours: Tours;
/** What the companion was told, and what it heard of the tours that it followed. */
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-companions-'));
  await boot();
});

afterEach(async () => {
  await halt();
  await rm(folder, { recursive: true, force: true });
});

async function boot(): Promise<void> {
  state = new State({
    directory: folder,
    sections: sections(),
    log: silentLog(),
  });
  await state.start();
  tours = new Tours({
    store: new TourStore({ state }),
    joinUrl: (code) => `http://box/j/${code}`,
    boxCapUsd: () => undefined,
    defaultMicrophone: () => 'none',
    parts: (tour) =>
      scriptedParts(tour, {
        floor: new Floor({ onListenerError: () => undefined }),
        engine: new ScriptEngine(),
        openMicrophone: () => ({ start: () => undefined, stop: () => Promise.resolve() }),
      }),
  });
  told = [];
  tours.accompany(companion);
  await tours.start();
}

async function halt(): Promise<void> {
  await tours.stop();
  await state.stop();
}

const companion: Companion = {
  follow: (tour) => {
    told.push(`follow ${tour.record.name}`);
    const undo = tour.subscribe(({ type }) => {
      if (type === 'tour-changed' || type === 'stopped') told.push(type);
    });
    return () => {
      undo();
      told.push(`leave ${tour.record.name}`);
    };
  },
  recall: async (tour) => {
    await Promise.resolve();
    told.push(`recall ${tour.record.name}`);
  },
  deleted: async (id) => {
    await Promise.resolve();
    told.push(tours.find(id) ? 'deleted too early' : 'deleted');
  },
};

test('a companion follows each tour once, hears what it tells, and leaves it when it is deleted', async () => {
  const tour = await tours.create(OLD_TOWN);
  expect(told).toEqual(['follow Old town']);
  await tour.begin();
  await tours.delete(tour.record.id);
  expect(told).toEqual([
    'follow Old town',
    'tour-changed',
    'tour-changed',
    'stopped',
    'leave Old town',
    'deleted',
  ]);
  tour.mute(true);
  expect(told.at(-1), 'it hears nothing more').toBe('deleted');
});

test('after a restart it follows those that are there, and gives back what it kept before the start is over', async () => {
  await tours.create(OLD_TOWN);
  await halt();
  expect(told, 'it leaves after the last word').toEqual(['follow Old town', 'stopped', 'leave Old town']);
  await boot();
  expect(told).toEqual(['follow Old town', 'recall Old town']);
  await tours.create({ ...OLD_TOWN, name: 'Harbour' });
  expect(told.slice(2), 'of a new one there is nothing yet').toEqual(['follow Harbour']);
});
