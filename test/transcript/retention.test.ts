import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import type { KeptOfTours } from '../../appliance/transcript/kept-of-tours.ts';
import { Retention } from '../../appliance/transcript/retention.ts';
import { TranscriptFolder } from '../../appliance/transcript/transcript-folder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2027, 5, 1, 12);

let directory: string;
let folder: TranscriptFolder;
let retention: Retention;
/** What is kept beside transcripts: when it came last, by tour. */
let asked: Map<string, number>;
const questions: KeptOfTours = {
  tours: () => Promise.resolve([...asked.keys()]),
  lastAt: (tour) => Promise.resolve(asked.get(tour) ?? -Infinity),
  erase: (tour) => Promise.resolve(void asked.delete(tour)),
  forgetBefore: (tour, time) =>
    Promise.resolve(void ((asked.get(tour) ?? time) < time && asked.delete(tour))),
};
/** When it was said; what the clock says for sure. */
let said: number;
let sure: number;
let days: Record<string, number>;
let live: string[];
let erasing: string[];
const spoken = new Set<string>();

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  directory = await mkdtemp(join(tmpdir(), 'ubizo-retention-'));
  [said, sure, days, live, erasing] = [NOON, NOON, {}, [], []];
  asked = new Map();
  folder = new TranscriptFolder({ directory, now: () => said, log: silentLog() });
  retention = new Retention({
    kept: () => [folder, questions],
    sure: () => sure,
    keep: (tour) => ({ days: days[tour] ?? 30, goesOn: live.includes(tour) }),
    erasing: () => erasing,
    onErased: (tour) => {
      erasing = erasing.filter((each) => each !== tour);
      return Promise.resolve();
    },
    log: silentLog(),
  });
});

afterEach(async () => {
  await retention.stop();
  await folder.stop();
  vi.useRealTimers();
  spoken.clear();
  await rm(directory, { recursive: true, force: true });
});

function say(tour: string, text: string, at: number): void {
  said = at;
  spoken.add(tour);
  folder.record(tour, { language: 'es', id: text, text, final: true, at: 0 });
}

const left = async (tour: string): Promise<string[]> =>
  (await folder.read(tour, 'es')).map(({ text }) => text);

/** As at the start of the box, to its end. */
async function look(): Promise<void> {
  // What was said is on the disk once it can be read.
  for (const tour of spoken) await left(tour);
  retention.start();
  await retention.stop();
}

test('a tour’s transcript goes as one, thirty days after its last word', async () => {
  say('old', 'first', NOON - 31 * DAY);
  say('old', 'last', NOON - 30 * DAY - 1);
  say('young', 'first', NOON - 31 * DAY);
  say('young', 'last', NOON - 29 * DAY);
  await look();
  expect(await left('old')).toEqual([]);
  expect(await folder.tours()).toEqual(['young']);
  expect(await left('young')).toEqual(['first', 'last']);
});

test('a tour that goes on for months loses its oldest words', async () => {
  live = ['long'];
  say('long', 'old', NOON - 31 * DAY);
  say('long', 'new', NOON - DAY);
  await look();
  expect(await left('long')).toEqual(['new']);
});

test('a tour may be kept for longer, or not at all', async () => {
  days = { long: 365, never: 0 };
  say('long', 'word', NOON - 300 * DAY);
  say('never', 'word', NOON - 1);
  await look();
  expect(await left('long')).toEqual(['word']);
  expect(await left('never')).toEqual([]);
});

test('it is looked at every day, while the box runs', async () => {
  say('t', 'word', NOON - 29.5 * DAY);
  retention.start();
  for (let hours = 1; hours <= 24; hours++) {
    sure += HOUR;
    vi.advanceTimersByTime(HOUR);
    if (hours === 23) expect(await left('t')).toEqual(['word']);
  }
  await vi.waitUntil(async () => (await left('t')).length === 0);
});

test('a clock that is a year behind deletes nothing', async () => {
  say('t', 'word', NOON);
  sure = NOON - 365 * DAY;
  await look();
  expect(await left('t')).toEqual(['word']);
});

test('what was deleted before the power was cut is erased afterwards', async () => {
  say('gone', 'word', NOON);
  erasing = ['gone'];
  await look();
  expect(await left('gone')).toEqual([]);
  expect(erasing).toEqual([]);
});

test('what was asked is kept and goes with what was said, also where nothing was said', async () => {
  say('old', 'word', NOON - 31 * DAY);
  asked = new Map([
    ['old', NOON - 31 * DAY],
    ['unsaid', NOON - 31 * DAY],
    ['young', NOON - 29 * DAY],
    ['gone', NOON],
    ['long', NOON - 31 * DAY],
  ]);
  live = ['long'];
  erasing = ['gone'];
  await look();
  expect([...asked.keys()]).toEqual(['young']);
});

test('words stay as long as something was asked after them', async () => {
  say('tour', 'word', NOON - 31 * DAY);
  asked = new Map([['tour', NOON - 29 * DAY]]);
  await look();
  expect(await left('tour')).toEqual(['word']);
});
