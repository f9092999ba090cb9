import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type PaceEvent, TourPace } from '../../appliance/pace/tour-pace.ts';
import type { CaptionLine } from '../../appliance/protocol/views.ts';
import type { TourEvent } from '../../appliance/tour/tour-event.ts';
import { tone } from '../channel/frame-log.ts';
import { openTour, type TourRig } from '../tour/tour-rig.ts';

let rig: TourRig;
let pace: TourPace;
let told: PaceEvent[];
let skipped: string[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  rig = openTour();
  told = [];
  skipped = [];
  pace = new TourPace({
    tour: rig.tour,
    onSkipped: (language, sentences) => skipped.push(`${sentences} × ${language}`),
  });
  pace.start();
  pace.subscribe((event) => told.push(event));
  rig.reader('a', 'es');
  rig.tour.start();
  await rig.tour.begin();
});

afterEach(async () => {
  pace.stop();
  vi.useRealTimers();
  await rig.tour.stop();
});

const tap = (attendee: string, address = `phone of ${attendee}`): void =>
  pace.tapTooFast({ attendee, address });

test('one phone with many passes is no crowd, and a minute later it counts again', async () => {
  for (const pass of ['a', 'b', 'c', 'd', 'e']) tap(pass, '192.0.2.7');
  expect(pace.tooFastCount).toBe(3);
  tap('ben');
  expect(pace.tooFastCount, 'others count all the same').toBe(4);
  await vi.advanceTimersByTimeAsync(61_000);
  tap('e', '192.0.2.7');
  expect(pace.tooFastCount).toBe(1);
});

test('who finds the guide too fast counts for a minute, once, and nobody learns who it was', async () => {
  tap('anna');
  tap('anna');
  await vi.advanceTimersByTimeAsync(30_000);
  tap('ben');
  expect(pace.tooFastCount).toBe(2);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(told).toEqual([
    { type: 'too-fast', count: 1 },
    { type: 'too-fast', count: 2 },
    { type: 'too-fast', count: 1 },
  ]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(told.at(-1)).toEqual({ type: 'too-fast', count: 0 });
  tap('anna');
  expect(told.at(-1)).toEqual({ type: 'too-fast', count: 1 });
});

test('while the tour is paused nobody is too fast', async () => {
  await rig.tour.pause();
  tap('anna');
  expect(told).toEqual([]);
});

test('a model that says far too much is not heard whole: its captions stay, and say so, on the desk too', async () => {
  const { output } = rig.engine.of('es').request;
  output.onState({ kind: 'live' });
  for (let i = 0; i < 8; i++) {
    output.onCaption({ id: `${i}`, text: `Frase ${i}`, final: false });
    output.onSpeech(tone(220, 2_500));
    output.onSpeech(new Int16Array(400 * 24));
    output.onCaption({ id: `${i}`, text: `Frase ${i}.`, final: i < 7 });
  }
  await vi.advanceTimersByTimeAsync(2_000);
  const channelNow = () => rig.tour.deskView().channels.find(({ language }) => language === 'es');
  expect(channelNow()?.pace?.tempo).toBeGreaterThan(1.05);
  expect(channelNow()?.pace?.queuedMs).toBeGreaterThan(12_000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(channelNow()?.pace).toMatchObject({ skipped: 5 });
  await vi.waitFor(() => expect(skipped).toEqual(['5 × es']));
  const marks = rig.tour.captions.of('es').map((line) => [line.text, line.skipped ?? false]);
  expect(marks).toEqual([
    ['Frase 0.', false],
    ['Frase 1.', false],
    ['Frase 2.', true],
    ['Frase 3.', true],
    ['Frase 4.', true],
    ['Frase 5.', true],
    ['Frase 6.', true],
    ['Frase 7.', false],
  ]);
  const finals = rig.events.flatMap((event) =>
    event.type === 'caption' && event.line.final && !event.line.skipped ? [event.line.text] : [],
  );
  expect(new Set(finals).size, 'each once without a mark, for who writes them down').toBe(finals.length);
});

test('a visitor’s question in the captions is not the guide’s haste', async () => {
  const observers: ((event: TourEvent) => void)[] = [];
  const tell = (event: TourEvent): void => observers.forEach((observer) => observer(event));
  const tour = {
    record: rig.tour.record,
    subscribe: (observer: (event: TourEvent) => void) => {
      observers.push(observer);
      return () => undefined;
    },
  };
  const hurried = new TourPace({ tour, onSkipped: () => undefined });
  hurried.subscribe((event) => told.push(event));
  hurried.start();
  const text = Array.from({ length: 10 }, (_, word) => `word${word}`).join(' ');
  const say = async (more: Partial<CaptionLine>): Promise<void> => {
    for (let n = 0; n < 40; n++) {
      tell({ type: 'level', rmsDb: -20, peakDb: -10, heard: true });
      const line = { language: 'en', id: `${more.asked}${n}`, text, final: true, at: 0, ...more };
      tell({ type: 'caption', line });
      await vi.advanceTimersByTimeAsync(1_000);
    }
  };
  await say({ asked: 'q' });
  expect(told).toEqual([]);
  await say({});
  expect(told).toContainEqual({ type: 'nudge', reason: 'rate' });
  hurried.stop();
});
