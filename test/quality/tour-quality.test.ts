import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Listener } from '../../appliance/listener/listener.ts';
import type { QualityNow } from '../../appliance/protocol/quality-view.ts';
import { TourQuality } from '../../appliance/quality/tour-quality.ts';
import { ShardPeer } from '../../appliance/shard/shard-peer.ts';
import { tone } from '../channel/frame-log.ts';
import { Streams } from '../../appliance/stream/streams.ts';
import { openTour, type TourRig } from '../tour/tour-rig.ts';
import { report } from './spans.ts';

let rig: TourRig;
let quality: TourQuality;
let streams: Streams;
let told: QualityNow[];
const listeners = new Map<string, Listener>();

const nobody = (): void => undefined;

/** A phone that hears the guide, as far as the main thread knows of it. */
function phone(attendee: string, { takesRedundancy = true } = {}): Listener {
  const shard = {
    request: () => Promise.resolve(undefined),
    send: nobody,
    look: () => Promise.resolve(undefined),
    join: nobody,
    leave: nobody,
    repeat: nobody,
    forget: nobody,
  };
  const listener = new Listener({ tour: rig.tour.record.id, attendee, onChange: nobody });
  listener.attach(new ShardPeer({ id: attendee, shard, events: { onState: nobody }, takesRedundancy }));
  listener.tune(rig.tour.channel('floor'));
  rig.tour.admit({ id: attendee, name: undefined, language: 'en' });
  rig.tour.attendance.listens(attendee, true);
  listeners.set(attendee, listener);
  return listener;
}

/** The guide speaks without a pause, and every five seconds each phone tells how that was heard. */
async function speak(seconds: number, heard: Readonly<Record<string, number>>): Promise<void> {
  for (let ms = 20; ms <= seconds * 1_000; ms += 20) {
    rig.floor.hear(tone(220, 20, 0.3), performance.now());
    await vi.advanceTimersByTimeAsync(20);
    if (ms % 5_000 === 0)
      for (const [attendee, share] of Object.entries(heard))
        quality.take(attendee, report({ heard: share, lost: share > 0 ? 2 : 0 }));
  }
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  rig = openTour();
  told = [];
  streams = new Streams({ hasRoom: () => true });
  quality = new TourQuality({
    tour: rig.tour,
    listeners: { of: (id) => listeners.get(id) },
    streams,
    date: () => 1,
  });
  quality.start();
  quality.subscribe((now) => told.push(now));
  rig.tour.start();
  await rig.tour.begin();
  rig.tour.channel('floor').subscribe({ deliver: () => undefined });
});

afterEach(async () => {
  quality.stop();
  listeners.clear();
  vi.useRealTimers();
  await rig.tour.stop();
});

test('phones that lose sound are sent it more often, and most of a language losing it, less of it', async () => {
  const phones = ['ana', 'ben', 'eva'].map((name) => phone(name));
  const old = phone('old', { takesRedundancy: false });
  expect(phones.map(({ distance }) => distance)).toEqual([1, 1, 1]);
  await speak(6, { ana: 0, ben: 0.05, eva: 0.05, old: 0.05 });
  expect(phones.map(({ distance }) => distance)).toEqual([1, 2, 2]);
  expect(old.distance, 'it takes none').toBeUndefined();
  expect(rig.tour.channel('floor').level).toBe(2);
  await speak(20, { ana: 0, ben: 0.05, eva: 0.05, old: 0.05 });
  expect(rig.tour.channel('floor').level).toBe(4);
  const now = told.at(-1);
  expect(now?.channels[0]).toMatchObject({ language: 'en', level: 4, reason: 'loss', phones: 4 });
  expect(now?.worst.map(({ id, distance, reason }) => [id, distance, reason])).toEqual([
    ['ben', 2, 'loss'],
    ['eva', 2, 'loss'],
    ['old', 0, 'unsupported'],
  ]);
  expect(now?.together).toEqual({ phones: 3, who: 'most' });
  expect(quality.view.history.at(-1)).toMatchObject({ distribution: { excellent: 1, fair: 3 } });
});

test('in a silence there is no verdict, and nothing is changed', async () => {
  const listener = phone('ana');
  await speak(6, { ana: 0 });
  expect(quality.now.distribution.excellent).toBe(1);
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(quality.take('ana', report({ heard: 0.9, packets: 0 }))).toBeUndefined();
  }
  expect(quality.now.distribution.excellent).toBe(1);
  expect(listener.distance).toBe(1);
});

test('what comes too often, or from who does not listen, is not counted', async () => {
  phone('ana');
  await speak(6, { ana: 0 });
  expect(quality.take('ana', report({ heard: 0.5 }))).toBeUndefined();
  expect(quality.take('nobody', report({ heard: 0.5 }))).toBeUndefined();
  expect(quality.now.medianScore).toBe(100);
});

test('a player without our page is judged by its receiver reports, and marked so', async () => {
  const player = phone('vlc');
  await speak(6, {});
  player.reported({ fractionLost: 0.1, jitterMs: 3, roundTripMs: undefined });
  quality.heed(player);
  expect(quality.phones()).toMatchObject([{ id: 'vlc', by: 'receiver-reports', class: 'fair' }]);
});

test('a phone that offers anew is judged on, and repeated to as before', async () => {
  const first = phone('ben');
  await speak(6, { ben: 0.05 });
  expect(first.distance).toBe(2);
  const [before] = quality.phones();
  first.close();
  listeners.delete('ben');
  await speak(6, {});
  expect(quality.phones(), 'nobody is there').toEqual([]);
  const second = phone('ben');
  expect(second.distance, 'before anything is known').toBe(1);
  quality.heed(second);
  expect(second.distance).toBe(2);
  expect(quality.phones()).toEqual([before]);
  await speak(6, { ben: 0 });
  expect(quality.phones()[0]?.score, 'rises slowly from where it was').toBeLessThan(90);
});

test('who hears over TCP is judged by the holes that the page plays, marked as a guess, and counted', async () => {
  rig.tour.admit({ id: 'tess', name: undefined, language: 'en' });
  phone('ana');
  const channel = rig.tour.channel('floor');
  const hear = { attendee: 'tess', tour: rig.tour.record.id, way: 'socket', channel } as const;
  const stream = streams.open({
    ...hear,
    listen: (to) => to.subscribe({ deliver: nobody }),
    onClose: nobody,
  });
  await speak(11, { ana: 0, tess: 0.1 });
  expect(quality.phones()).toMatchObject([
    { id: 'ana', by: 'page', class: 'excellent' },
    { id: 'tess', by: 'playout', class: 'poor', language: 'en', distance: 0, reason: 'unsupported' },
  ]);
  expect(quality.now.distribution).toMatchObject({ excellent: 1, poor: 1 });
  expect(quality.now.channels[0], 'less sound would not help them').toMatchObject({
    phones: 1,
    heardLoss: 0,
  });
  streams.close(stream);
  expect(quality.phones().map(({ id }) => id)).toEqual(['ana']);
});
