import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Floor } from '../../appliance/floor/floor.ts';
import type { TourRecord } from '../../appliance/tour/record.ts';
import type { Tour } from '../../appliance/tour/tour.ts';
import type { TourEvent } from '../../appliance/tour/tour-event.ts';
import type { ScriptEngine } from './script-engine.ts';
import { LINGER_MS, openTour } from './tour-rig.ts';

let engine: ScriptEngine;
let floor: Floor;
let tour: Tour;
let events: TourEvent[];
let saved: Partial<TourRecord>[];
let disk: { full: boolean };
let microphones: string[];
let reader: (id: string, language: string) => () => void;

beforeEach(() => {
  ({ engine, floor, tour, events, saved, microphones, reader, disk } = openTour());
});

afterEach(() => tour.stop());

const stateOf = (language: string): string | undefined =>
  tour.view().channels.find((channel) => channel.language === language)?.state;

const lingered = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2 * LINGER_MS));

test('an interpreter is opened only while the tour is live and someone is there for its language', async () => {
  const leave = reader('a', 'es');
  expect(engine.made, 'before the start').toEqual([]);
  await tour.begin();
  expect(engine.open).toEqual(['es']);
  reader('b', 'fr');
  expect(engine.open).toEqual(['es', 'fr']);
  leave();
  expect(engine.open, 'they may come back').toEqual(['es', 'fr']);
  await vi.waitUntil(() => engine.open.length === 1);
  expect(engine.open).toEqual(['fr']);
  expect(stateOf('es')).toBe('silent');
});

test('who comes back in time finds the same interpreter', async () => {
  const leave = reader('a', 'es');
  await tour.begin();
  engine.of('es').request.output.onState({ kind: 'live' });
  leave();
  expect(stateOf('es')).toBe('silent');
  reader('a', 'es');
  expect(stateOf('es')).toBe('live');
  await lingered();
  expect(engine.made).toHaveLength(1);
  expect(engine.open).toEqual(['es']);
});

test('a pause longer than the linger closes the interpreters, and going on opens new ones', async () => {
  reader('a', 'es');
  await tour.begin();
  await tour.pause();
  expect(floor.open).toBe(false);
  await vi.waitUntil(() => engine.open.length === 0);
  await tour.resume();
  expect(floor.open).toBe(true);
  expect(engine.made).toHaveLength(2);
  expect(engine.open).toEqual(['es']);
});

test('the end closes the interpreters at once, and every step was stored', async () => {
  reader('a', 'es');
  await tour.begin();
  await tour.end();
  expect(engine.open).toEqual([]);
  expect(saved.map(({ state }) => state)).toEqual(['live', 'ended']);
  expect(microphones).toEqual(['start none', 'stop none']);
});

test('exactly one interpreter captions the guide, and another takes over when it fails', async () => {
  reader('a', 'es');
  reader('b', 'fr');
  await tour.begin();
  const captioning = (): string[] =>
    engine.made
      .filter(({ stopped, captionsSource }) => !stopped && captionsSource)
      .map((each) => each.language);
  expect(captioning()).toEqual(['es']);
  for (const language of ['es', 'fr']) engine.of(language).request.output.onState({ kind: 'live' });
  expect(captioning()).toEqual(['es']);
  const problem = { code: 'interpreter_no_quota', message: 'Pay.' } as const;
  engine.of('es').request.output.onState({ kind: 'failed', problem });
  expect(captioning()).toEqual(['fr']);
  expect(stateOf('es'), 'the guide is heard instead').toBe('floor');
  expect(tour.deskView().channels[1]).toMatchObject({ problem });
  expect(tour.view().channels[1], 'not the visitors’ business').not.toHaveProperty('problem');
});

test('an interpreter that lost its way is shown, and one that failed is tried anew for a new audience', async () => {
  const leave = reader('a', 'es');
  await tour.begin();
  const problem = { code: 'interpreter_unreachable', message: 'Away.' } as const;
  const { output } = engine.of('es').request;
  output.onState({ kind: 'live' });
  output.onState({ kind: 'reconnecting', problem, attempt: 1, retryInMs: 1 });
  expect(stateOf('es')).toBe('reconnecting');
  output.onState({ kind: 'live' });
  expect(stateOf('es')).toBe('live');
  output.onState({ kind: 'failed', problem });
  leave();
  reader('a', 'es');
  expect(engine.made).toHaveLength(2);
  expect(engine.made[0]?.stopped).toBe(true);
  output.onState({ kind: 'live' });
  expect(tour.deskView().channels[1], 'the old one has no say any more').not.toHaveProperty('problem');
});

test('a language taken off moves who listened to the guide; a new one can be chosen at once', async () => {
  reader('a', 'es');
  reader('b', 'fr');
  await tour.begin();
  await tour.patch({ languages: ['fr', 'de'] });
  expect(tour.attendance.get('a')?.language).toBe('en');
  expect(tour.attendance.get('b')?.language).toBe('fr');
  expect(events.filter(({ type }) => type === 'moved')).toMatchObject([
    { attendees: new Map([['a', { language: 'en' }]]) },
  ]);
  expect(engine.open, 'French is not interrupted').toEqual(['fr']);
  expect(tour.channel('de').language).toBe('de');
  expect(() => tour.channel('es')).toThrow(expect.objectContaining({ code: 'language_not_offered' }));
  tour.attendance.choose('a', 'de');
  expect(engine.open).toEqual(['fr', 'de']);
});

test('interpreters hear the guide’s new language when it changes before the start', async () => {
  reader('a', 'fr');
  await tour.patch({ floorLanguage: 'de' });
  await tour.begin();
  expect(engine.of('fr').request).toMatchObject({ from: 'de', to: 'fr' });
  await expect(tour.patch({ floorLanguage: 'en' })).rejects.toMatchObject({ code: 'tour_state' });
});

test('mute is heard at once: the interpreters get silence, not nothing', async () => {
  reader('a', 'es');
  await tour.begin();
  const blanks: boolean[] = [];
  floor.subscribe(({ blank }) => blanks.push(blank));
  const loud = new Int16Array(480).fill(5_000);
  floor.hear(loud, 0);
  tour.mute(true);
  floor.hear(loud, 20);
  tour.mute(false);
  floor.hear(loud, 40);
  expect(blanks).toEqual([false, true, false]);
  expect(engine.of('es').heard).toBe(3);
});

test('captions of every language are kept, the growing line in place', async () => {
  reader('a', 'es');
  await tour.begin();
  const { output } = engine.of('es').request;
  output.onCaption({ id: '1', text: 'Ho', final: false });
  output.onSourceCaption({ id: '1', text: 'Hello', final: true });
  output.onCaption({ id: '1', text: 'Hola', final: true });
  for (let i = 2; i <= 50; i++) output.onCaption({ id: String(i), text: `Línea ${i}`, final: true });
  const lines = tour.captions.of('es');
  expect(lines).toHaveLength(40);
  expect(lines.at(-1)).toMatchObject({ text: 'Línea 50', language: 'es', final: true });
  expect(tour.captions.of('en')).toMatchObject([{ text: 'Hello' }]);
  expect(tour.captions.all().map(({ at }) => at)).toEqual(
    tour.captions
      .all()
      .map(({ at }) => at)
      .toSorted((a, b) => a - b),
  );
  const ids = tour.captions.all().map(({ language, id }) => `${language} ${id}`);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the microphone is open while the guide’s desk is, and closed when it was left', async () => {
  expect(tour.deskView().microphone.state).toBe('closed');
  const leave = tour.watch();
  expect(tour.deskView().microphone.state).toBe('opening');
  leave();
  expect(tour.deskView().microphone.state, 'a page that is only reloaded').toBe('opening');
});

test.for(['stubborn', 'hung'])('the next microphone begins also when the one before is %s', async (id) => {
  tour.watch();
  await tour.patch({ microphone: id });
  await vi.waitUntil(() => microphones.includes(`start ${id}`));
  await tour.patch({ microphone: 'phone' });
  await vi.waitUntil(() => microphones.includes('start phone'));
  expect(microphones).toEqual(['stop none', `start ${id}`, `stop ${id}`, 'start phone']);
});

test('listeners are counted in the language that they hear', async () => {
  reader('a', 'es');
  tour.attendance.listens('a', true);
  tour.attendance.listens('stranger', true);
  expect(tour.deskView().channels.map(({ listeners }) => listeners)).toEqual([0, 1, 0]);
  tour.attendance.choose('a', 'en');
  expect(tour.deskView().channels.map(({ listeners }) => listeners)).toEqual([1, 0, 0]);
  tour.attendance.listens('a', false);
  expect(tour.deskView().channels.map(({ listeners }) => listeners)).toEqual([0, 0, 0]);
});

test('mute is stored a while after push-to-talk has come to rest', async () => {
  for (const muted of [true, false, true]) tour.mute(muted);
  expect(saved).toEqual([]);
  await vi.waitUntil(() => saved.length > 0, { timeout: 5_000 });
  expect(saved).toEqual([{ muted: true }]);
});

test('mute is stored as it is at the end, whatever is changed together with it', async () => {
  tour.mute(true);
  await tour.patch({ name: 'Harbour', muted: false });
  await tour.stop();
  expect(Object.assign({}, ...saved)).toEqual({ name: 'Harbour', muted: false });
});

test('a change that cannot be saved is not made at all', async () => {
  reader('a', 'es');
  await tour.begin();
  disk.full = true;
  const patch = { name: 'Harbour', languages: ['fr'], microphone: 'phone', muted: true };
  await expect(tour.patch(patch)).rejects.toMatchObject({ code: 'storage_failed' });
  expect(tour.record).toMatchObject({ name: 'Old town', languages: ['es', 'fr'], microphone: 'none' });
  expect(tour.attendance.get('a')?.language, 'nobody was moved').toBe('es');
  expect(engine.open).toEqual(['es']);
  expect(floor.open).toBe(true);
});

test('the guide’s voice does not wait for a disk: what it needs is in effect, and saved when that is possible', async () => {
  disk.full = true;
  await tour.begin();
  await tour.patch({ microphone: 'phone' });
  expect(floor.open).toBe(true);
  expect(microphones).toContain('start phone');
  disk.full = false;
  await tour.pause();
  expect(Object.assign({}, ...saved)).toMatchObject({
    state: 'paused',
    microphone: 'phone',
    startedAt: expect.any(String),
  });
  expect(saved.at(-1)).toMatchObject({ state: 'paused' });
});

test('changes that come at once are each worked out from what the one before has left', async () => {
  await Promise.all([
    tour.patch({ languages: ['fr'] }),
    tour.patch({ name: 'Harbour' }),
    tour.patch({ languages: ['es', 'fr'] }),
  ]);
  expect(tour.record).toMatchObject({ name: 'Harbour', languages: ['es', 'fr'] });
  expect(Object.assign({}, ...saved)).toEqual({ name: 'Harbour', languages: ['es', 'fr'] });
  expect(tour.channel('es').language).toBe('es');
});
