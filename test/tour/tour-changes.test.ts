import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { openTour, type TourRig } from './tour-rig.ts';

/** What may happen to a tour while something else is under way. */

const rigs: TourRig[] = [];

afterEach(async () => {
  for (const { tour } of rigs.splice(0)) await tour.stop();
});

function rig(): TourRig {
  const made = openTour();
  rigs.push(made);
  return made;
}

test('a tour that was stopped takes no microphone again, whoever still leaves its pages', async () => {
  const { tour, microphones, events, reader } = rig();
  const closeDesk = tour.watch();
  const closePage = reader('a', 'es');
  await tour.begin();
  await tour.stop();
  expect(microphones).toEqual(['start none', 'stop none']);
  const told = events.length;
  closePage();
  tour.mute(true);
  closeDesk();
  tour.watch();
  expect(tour.deskView().microphone.state).toBe('closed');
  // A count is told after 200 ms: nobody is there to be told.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(events.slice(told).filter(({ type }) => type === 'channel' || type === 'microphone')).toEqual([]);
  expect(microphones).toEqual(['start none', 'stop none']);
});

test('a guide who reloads the desk keeps the microphone, also when a visitor comes meanwhile', () => {
  const { tour, microphones, reader } = rig();
  const closeDesk = tour.watch();
  closeDesk();
  reader('a', 'es');
  expect(tour.deskView().microphone.state).toBe('opening');
  tour.watch();
  expect(microphones).not.toContain('stop none');
});

test('a language that was taken off stays off when something else is changed meanwhile', async () => {
  const { tour, engine, saved, reader } = rig();
  const spoken = Promise.withResolvers<void>();
  engine.lastWords = spoken.promise;
  reader('a', 'es');
  await tour.begin();
  const taken = tour.patch({ languages: ['fr'] });
  await tour.patch({ name: 'Old town by night' });
  spoken.resolve();
  await taken;
  expect(tour.record).toMatchObject({ name: 'Old town by night', languages: ['fr'] });
  expect(tour.record).toMatchObject(Object.assign({}, ...saved));
  expect(() => tour.channel('es')).toThrow(expect.objectContaining({ code: 'language_not_offered' }));
});

test('a language that is taken off and offered again at once is offered', async () => {
  const { tour, engine, reader } = rig();
  const spoken = Promise.withResolvers<void>();
  engine.lastWords = spoken.promise;
  reader('a', 'es');
  await tour.begin();
  const taken = tour.patch({ languages: ['fr'] });
  const back = tour.patch({ languages: ['fr', 'es'] });
  spoken.resolve();
  await Promise.all([taken, back]);
  expect(tour.record.languages).toEqual(['fr', 'es']);
  expect(tour.channel('es').language).toBe('es');
  expect(tour.view().channels.map(({ language }) => language)).toEqual(['en', 'fr', 'es']);
});

test('only a change of languages shows the visitors everything anew', async () => {
  const { tour, events } = rig();
  const shown = (): string[] =>
    events.splice(0).flatMap((event) => (event.type === 'tour-changed' ? Object.keys(event.changes) : []));
  await tour.patch({ name: 'Old town by night', languages: ['es', 'fr'], floorLanguage: 'en' });
  expect(shown()).toEqual(['name', 'microphone']);
  await tour.patch({ muted: true });
  expect(shown()).toEqual(['muted', 'microphone']);
  await tour.patch({ languages: ['fr', 'es'] });
  expect(shown()).toContain('languages');
});

test('a language that comes back does not write over the captions it had', async () => {
  const { tour, engine, reader } = rig();
  const say = (text: string): void =>
    engine.of('es').request.output.onCaption({ id: 'heard-1', text, final: true });
  reader('a', 'es');
  await tour.begin();
  say('Antes.');
  await tour.patch({ languages: ['fr'] });
  await tour.patch({ languages: ['fr', 'es'] });
  tour.attendance.choose('a', 'es');
  say('Después.');
  expect(tour.captions.of('es').map(({ text }) => text)).toEqual(['Antes.', 'Después.']);
});

test('a start that changes every channel is told once for each', async () => {
  const { tour, events, reader } = rig();
  reader('a', 'es');
  reader('b', 'fr');
  await tour.begin();
  const told = (): string[] =>
    events.flatMap((event) =>
      event.type === 'channel' ? [`${event.channel.language} ${event.channel.state}`] : [],
    );
  await vi.waitUntil(() => told().length >= 2, 10_000);
  await turn();
  expect(told()).toEqual(['es live', 'fr live']);
});

test('a model’s silence is no answer: the lag is counted to its first sound', async () => {
  const { tour, engine, floor, reader } = rig();
  reader('a', 'es');
  await tour.begin();
  const { output } = engine.of('es').request;
  output.onState({ kind: 'live' });
  const vowel = Int16Array.from({ length: 480 }, (_, i) => 8_000 * Math.sin(i / 5));
  const began = performance.now() - 5_000;
  for (let i = -10; i < 0; i++) floor.hear(new Int16Array(480), began + i * 20);
  for (let i = 0; i < 10; i++) floor.hear(vowel, began + i * 20);
  output.onSpeech(new Int16Array(4_800));
  expect(tour.view().channels[1]?.lagMs).toBeLessThan(1_000);
  output.onSpeech(Int16Array.from(vowel));
  await vi.waitUntil(() => (tour.view().channels[1]?.lagMs ?? 0) > 4_500, 10_000);
});

test('a visitor is removed whatever the disk does, and that is saved when it can be', async () => {
  const { tour, events, saved, disk, reader } = rig();
  reader('a', 'es');
  disk.full = true;
  await tour.remove('a');
  expect(events).toContainEqual({ type: 'removed', attendee: 'a' });
  expect(() => tour.admit({ id: 'a', language: 'es', name: undefined })).toThrow(
    expect.objectContaining({ code: 'attendee_removed' }),
  );
  disk.full = false;
  await tour.patch({ name: 'Old town by night' });
  expect(Object.assign({}, ...saved)).toMatchObject({ removed: ['a'], name: 'Old town by night' });
});
