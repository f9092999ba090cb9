import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaptionLine } from '../../appliance/protocol/views.ts';
import { LINGER_MS, openTour, type TourRig } from './tour-rig.ts';

let rig: TourRig;

beforeEach(async () => {
  rig = openTour();
  await rig.tour.begin();
});

afterEach(() => rig.tour.stop());

/** A frame of the guide's, at the present time: 20 ms of quiet. */
const quiet = (): void => rig.floor.hear(new Int16Array(480), performance.now());

const lines = (): CaptionLine[] =>
  rig.events.flatMap((event) => (event.type === 'caption' ? [event.line] : []));
const texts = (): string[] => lines().map(({ text }) => text);

test('who reads the guide’s own language is written for, though nobody has opened a translation', () => {
  expect(rig.engine.transcribers).toEqual([]);
  rig.reader('a', 'en');
  expect(rig.engine.transcriber?.request).toMatchObject({ language: 'en', tour: 't' });
  rig.floor.hear(new Int16Array(480), performance.now());
  expect(rig.engine.transcriber?.heard).toBe(1);
  rig.engine.transcriber?.write('1', 'Good morning.');
  expect(lines()).toMatchObject([{ language: 'en', text: 'Good morning.', final: true }]);
  expect(rig.tour.captions.of('en')).toHaveLength(1);
});

test('the transcriber is opened for readers alone: neither for who only hears the guide nor for other languages', () => {
  rig.tour.admit({ id: 'hears', language: 'en', name: undefined });
  rig.tour.attendance.listens('hears', true);
  rig.reader('french', 'fr');
  expect(rig.engine.transcribers).toEqual([]);
});

test('it lingers after the last reader, and is closed at the end at once', async () => {
  const leave = rig.reader('a', 'en');
  leave();
  expect(rig.engine.transcriber).toBeDefined();
  rig.reader('a', 'en');
  await new Promise((resolve) => setTimeout(resolve, 2 * LINGER_MS));
  expect(rig.engine.transcribers).toHaveLength(1);
  expect(rig.engine.transcriber).toBeDefined();
  await rig.tour.end();
  expect(rig.engine.transcriber).toBeUndefined();
});

test('a paused tour pays for no transcriber longer than it lingers', async () => {
  rig.reader('a', 'en');
  await rig.tour.pause();
  await vi.waitFor(() => expect(rig.engine.transcriber).toBeUndefined());
  await rig.tour.resume();
  expect(rig.engine.transcriber).toBeDefined();
});

test('nobody writes twice: who translates anyway writes the guide’s words too, and no transcriber is opened', () => {
  rig.reader('french', 'fr');
  rig.engine.of('fr').request.output.onState({ kind: 'live' });
  rig.reader('a', 'en');
  expect(rig.engine.of('fr').captionsSource).toBe(true);
  expect(rig.engine.transcribers).toEqual([]);
});

test('a translation that begins takes over between two lines, and the transcriber is closed', async () => {
  rig.reader('a', 'en');
  const { transcriber } = rig.engine;
  transcriber?.write('1', 'This tower was', false);
  rig.reader('french', 'fr');
  const french = rig.engine.of('fr');
  expect(french.captionsSource, 'not while it connects').toBe(false);
  french.request.output.onState({ kind: 'live' });
  quiet();
  // Several looks at it: the line is still growing.
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(french.captionsSource).toBe(false);
  expect(transcriber?.stopped).toBe(false);
  transcriber?.write('1', 'This tower was built in 1300.');
  await vi.waitFor(() => expect(french.captionsSource).toBe(true));
  expect(transcriber?.stopped).toBe(true);
  expect(texts()).toEqual(['This tower was', 'This tower was built in 1300.']);
});

test('a translation that ends hands back to the transcriber, as long as somebody reads', async () => {
  rig.reader('a', 'en');
  const leave = rig.reader('french', 'fr');
  rig.engine.of('fr').request.output.onState({ kind: 'live' });
  await vi.waitFor(() => expect(rig.engine.of('fr').captionsSource).toBe(true));
  expect(rig.engine.transcriber).toBeUndefined();
  leave();
  await vi.waitFor(() => expect(rig.engine.transcriber).toBeDefined());
  expect(rig.engine.of('fr').stopped).toBe(true);
});

test('a translation that is away for a moment goes on writing when it is back; one that failed does not', async () => {
  rig.reader('a', 'en');
  rig.reader('french', 'fr');
  const french = rig.engine.of('fr');
  french.request.output.onState({ kind: 'live' });
  await vi.waitFor(() => expect(french.captionsSource).toBe(true));
  const problem = { code: 'interpreter_unreachable', message: 'Away.' } as const;
  french.request.output.onState({ kind: 'reconnecting', problem, attempt: 1, retryInMs: 10 });
  expect(french.captionsSource).toBe(true);
  expect(rig.engine.transcriber).toBeUndefined();
  french.request.output.onState({ kind: 'failed', problem });
  expect(rig.engine.transcriber).toBeDefined();
});

test('a tour that is stopped opens no transcriber in place of the translation that wrote', async () => {
  rig.reader('a', 'en');
  rig.reader('french', 'fr');
  rig.engine.of('fr').request.output.onState({ kind: 'live' });
  await vi.waitFor(() => expect(rig.engine.of('fr').captionsSource).toBe(true));
  const opened = rig.engine.transcribers.length;
  await rig.tour.stop();
  expect(rig.engine.transcribers).toHaveLength(opened);
});

test('a language is still known while its interpreter says its last words', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  rig.engine.lastWords = promise;
  rig.reader('french', 'fr');
  const stopping = rig.tour.stop();
  expect(() => rig.tour.channel('fr')).not.toThrow();
  resolve();
  await stopping;
});

test('who writes goes on with it when a language before theirs is opened', () => {
  rig.reader('french', 'fr');
  rig.engine.of('fr').request.output.onState({ kind: 'live' });
  rig.reader('spanish', 'es');
  rig.engine.of('es').request.output.onState({ kind: 'live' });
  expect(rig.engine.of('fr').captionsSource).toBe(true);
  expect(rig.engine.of('es').captionsSource).toBe(false);
});

test('what it costs is the guide’s own language’s, and at the cap the box’s own takes over', () => {
  rig.cap.usd = 1;
  rig.reader('a', 'en');
  rig.engine.transcriber?.request.output.onSpent?.(0.4);
  expect(rig.tour.deskView().spend.perLanguage).toContainEqual({ language: 'en', usd: 0.4, listeners: 0 });
  rig.engine.transcriber?.request.output.onSpent?.(0.6);
  expect(rig.engine.transcriber).toBeUndefined();
  expect(rig.unpaid.transcriber).toBeDefined();
});

test('the desk is told why nobody can read along, when somebody could mend it', () => {
  rig.reader('a', 'en');
  const problem = { code: 'interpreter_no_quota', message: 'No credit.' } as const;
  rig.engine.transcriber?.request.output.onState({ kind: 'failed', problem });
  expect(rig.tour.deskView().channels[0]).toMatchObject({
    language: 'en',
    readers: 1,
    listeners: 0,
    problem,
  });
});
