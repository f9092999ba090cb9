import { afterEach, beforeEach, expect, test } from 'vitest';
import { Announcer } from '../../appliance/announcer/announcer.ts';
import { silentLog } from '../../appliance/log.ts';
import { tokensPrice } from '../../appliance/openai/prices.ts';
import { USUAL_ASKING } from '../../appliance/protocol/asking.ts';
import { Speakers } from '../../appliance/speaker/speakers.ts';
import { FrameLog, Humming, strength, tone } from '../channel/frame-log.ts';
import { rmsDb } from '../microphone/waveform.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { openTour, type TourRig } from '../tour/tour-rig.ts';

const TEXTS = new Map([
  ['en', 'How old is the tower?'],
  ['es', '¿Cuántos años tiene la torre?'],
  ['fr', 'Quel âge a la tour ?'],
]);
/** What the stand-in reads with. */
const PITCH: Record<string, number> = { en: 660, es: 990, fr: 1_320 };
const GUIDE = 2_000;
const PRICE = tokensPrice('gpt-realtime-2.1-mini', {
  textIn: 52,
  cachedTextIn: 128,
  audioIn: 172,
  cachedAudioIn: 128,
  textOut: 20,
  audioOut: 160,
});

let rig: TourRig;
let server: RealtimeServer;
let speakers: Speakers;
let announcer: Announcer;
let leave: () => void;
const told: boolean[] = [];
const heard = new Map<string, FrameLog>();
const undo: (() => void)[] = [];

beforeEach(async () => {
  server = new RealtimeServer({ lagMs: 5, paceMs: 1, updateMs: 5, tone: (language) => PITCH[language] });
  await server.start();
  speakers = new Speakers({
    settings: {
      interpreter: 'auto',
      speakerModel: 'gpt-realtime-2.1-mini',
      openaiUrl: server.url,
      openaiApiKey: 'sk-test',
    },
    savedKey: () => undefined,
    log: silentLog(),
  });
  rig = openTour();
  announcer = new Announcer({ speaker: speakers });
  leave = announcer.follow(rig.tour);
  announcer.subscribe((_tour, reading) => told.push(reading));
  for (const language of ['en', 'es', 'fr']) {
    const log = new FrameLog();
    undo.push(rig.tour.channel(language).subscribe(log));
    heard.set(language, log);
  }
  await rig.tour.begin();
  // The quiet of the place, by which a voice is known.
  for (let frame = 0; frame < 5; frame++)
    rig.floor.hear(new Int16Array(480), performance.now() - 100 + 20 * frame);
});

afterEach(async () => {
  for (const each of undo.splice(0)) each();
  leave();
  await rig.tour.stop();
  await speakers.stop();
  await server.stop();
  told.length = 0;
});

function listens(id: string, language: string): void {
  rig.tour.admit({ id, language, name: undefined });
  rig.tour.attendance.listens(id, true);
}

/** The text is read from now on, until the promise resolves. */
function announce(texts: ReadonlyMap<string, string> = TEXTS): { began: Promise<void>; over: Promise<void> } {
  const began = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const onVoice = (reading: boolean): void => (reading ? began : over).resolve();
  expect(announcer.announce(rig.tour, texts, { onVoice })).toBe(true);
  return { began: began.promise, over: over.promise };
}

function logOf(language: string): FrameLog {
  return heard.get(language) ?? expect.unreachable(`nobody hears ${language}`);
}

const soundIn = (language: string, from = 0): Int16Array => logOf(language).sound(from);
const framesIn = (language: string): number => logOf(language).frames.length;

test('each listener hears the text in their own language, and what nobody hears is neither made nor paid', async () => {
  listens('anna', 'en');
  listens('ben', 'es');
  const { began, over } = announce();
  await began;
  expect(announcer.reading(rig.tour)).toBe(true);
  await over;
  expect(announcer.reading(rig.tour)).toBe(false);
  expect(told).toEqual([true, false]);
  for (const language of ['en', 'es']) {
    const sound = soundIn(language, 2);
    expect(strength(sound, PITCH[language] ?? 0), language).toBeGreaterThan(0.1);
    for (const other of ['en', 'es', 'fr'].filter((each) => each !== language))
      expect(strength(sound, PITCH[other] ?? 0), `${other} in ${language}`).toBeLessThan(0.02);
  }
  expect(framesIn('fr')).toBe(0);
  expect(server.readings.map(({ language }) => language).toSorted()).toEqual(['en', 'es']);
  expect(rig.tour.spend.spent['es']).toBeCloseTo(PRICE, 8);
  expect(rig.tour.spend.usd).toBeCloseTo(2 * PRICE, 8);
  expect(announcer.ends).toEqual(new Map([['heard', 2]]));
});

function texts(count: number): ReadonlyMap<string, string> {
  return new Map([['es', `Pregunta número ${count}.`]]);
}

test('one text is read after the other, and no more than a few wait', async () => {
  listens('ben', 'es');
  const first = announce(texts(1));
  const second = announce(texts(2));
  for (const count of [3, 4, 5]) expect(announcer.announce(rig.tour, texts(count))).toBe(true);
  expect(announcer.announce(rig.tour, texts(6))).toBe(false);
  await first.over;
  expect(server.readings.map(({ text }) => text)).not.toContain(texts(3).get('es'));
  await second.began;
  announcer.cut(rig.tour);
  await second.over;
  expect(told).toEqual([true, false, true, false]);
  expect(server.readings.map(({ text }) => text)).toEqual([texts(1).get('es'), texts(2).get('es')]);
});

test('the guide who begins to speak is heard at once, in every channel: what was read is gone within 200 ms', async () => {
  listens('anna', 'en');
  listens('ben', 'es');
  const { began, over } = announce();
  await began;
  await logOf('en').received(5);
  await logOf('es').received(5);
  const before = { en: framesIn('en'), es: framesIn('es') };
  // 200 ms of the guide, and by what came of them: no clock of a busy machine.
  for (let frame = 0; frame < 10; frame++)
    rig.floor.hear(tone(GUIDE, 20, 0.3, frame * 480), performance.now() + 20 * frame);
  const all = soundIn('en', before.en);
  expect(all.length / 480, 'not a frame too few').toBeGreaterThanOrEqual(9);
  expect(strength(all.subarray(0, 960), PITCH['en'] ?? 0)).toBeGreaterThan(0.1);
  expect(strength(all.subarray(-480 * 3), PITCH['en'] ?? 0)).toBeLessThan(0.02);
  expect(strength(all.subarray(480), GUIDE)).toBeGreaterThan(0.2);
  await over;
  expect(announcer.ends).toEqual(new Map([['cut', 2]]));
  await logOf('es').received(before.es + 3);
  expect(strength(soundIn('es', before.es).subarray(1_440 + 480), PITCH['es'] ?? 0)).toBeLessThan(0.02);
});

test('a guide who does not barge in speaks over it, as loud as ever', async () => {
  await rig.tour.patch({ asking: { ...USUAL_ASKING, guideBargesIn: false } });
  listens('anna', 'en');
  const { began, over } = announce();
  await began;
  const humming = new Humming(rig.floor, GUIDE);
  undo.push(() => humming.stop());
  await over;
  expect(announcer.ends).toEqual(new Map([['heard', 1]]));
  expect(strength(soundIn('en', framesIn('en') - 20), GUIDE)).toBeGreaterThan(0.2);
});

test('a pause of the tour ends a reading and what waits; muting the microphone does not', async () => {
  listens('ben', 'es');
  const { began, over } = announce();
  announce();
  await began;
  rig.tour.mute(true);
  expect(announcer.reading(rig.tour)).toBe(true);
  await rig.tour.pause();
  await over;
  expect(announcer.ends).toEqual(new Map([['cut', 1]]));
  expect(announcer.announce(rig.tour, TEXTS)).toBe(false);
  expect(server.readings).toHaveLength(1);
});

test('a tour that has cost what it may hears the box’s own voice, in its own time in each channel', async () => {
  rig.cap.usd = 0;
  rig.tour.spend.look();
  listens('anna', 'en');
  listens('ben', 'es');
  await announce().over;
  expect(server.readings).toEqual([]);
  expect(rig.tour.spend.usd).toBe(0);
  expect(announcer.ends).toEqual(new Map([['heard', 2]]));
  for (const language of ['en', 'es']) {
    expect(rmsDb(soundIn(language, 3)), language).toBeGreaterThan(-35);
    expect(soundIn(language).length / 24_000, language).toBeGreaterThan(1);
  }
});
