import { afterEach, expect, test } from 'vitest';
import { FrameClock, mediaTime, monotonicMs, type Schedule } from './fanout/clock.ts';
import { Lateness } from './fanout/lateness.ts';
import { LoadGenerator } from './fanout/load-generator.ts';
import { makePayload } from './fanout/payload.ts';
import { Reception, type Tally } from './fanout/reception.ts';
import { readDescription } from './fanout/sdp.ts';
import type { Signalling } from './fanout/signalling.ts';
import { UbizoServer } from './fanout/ubizo-server.ts';

const FRAME_MS = 20;
const BYTES = 80;
const LISTENERS = 3;
const FRAMES = 12;

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Three phones that look into all that they receive, and who sends to them. */
async function connect({
  red = false,
  profile = 'gcm',
}: { red?: boolean; profile?: 'gcm' | 'sha1' } = {}): Promise<{
  load: LoadGenerator;
  server: UbizoServer;
}> {
  const server = new UbizoServer({ frameMs: FRAME_MS, tooLateMs: Infinity });
  await server.start();
  closing.unshift(() => server.stop());
  const signalling: Signalling = {
    join: async (language, describe) => {
      const { id, answer } = await server.open(language, describe());
      return { remote: readDescription(answer), leave: async () => server.close(id) };
    },
    close: () => undefined,
  };
  const options = { listeners: LISTENERS, languages: 1, profile, red, bytes: BYTES, inspectEvery: 1 };
  const load = new LoadGenerator({ options, signalling });
  closing.unshift(() => load.leave());
  await load.join();
  return { load, server };
}

/** Sends the frames when they are due, each as `change` makes it, or not at all. */
async function send(
  { load, server }: Awaited<ReturnType<typeof connect>>,
  change: (payload: Buffer, frame: number) => Buffer | undefined = (payload) => payload,
): Promise<void> {
  const schedule: Schedule = { startMs: monotonicMs() + FRAME_MS, frameMs: FRAME_MS, languages: 1 };
  load.expect(schedule);
  await load.count({ from: 0, to: Infinity });
  const done = Promise.withResolvers<void>();
  const clock = new FrameClock({
    schedule,
    tick: (language, frame, due) => {
      if (frame === FRAMES) done.resolve();
      const payload = change(makePayload({ language, frame, bytes: BYTES }), frame);
      if (payload && frame < FRAMES) server.feed(language, payload, mediaTime(due));
    },
  });
  clock.start();
  await done.promise;
  await clock.stop();
}

const received = async (load: LoadGenerator): Promise<number> => (await load.figures()).received;

test.for(['gcm', 'sha1'] as const)(
  'the load counts what every phone receives and finds it as it was sent (%s)',
  async (profile) => {
    const connected = await connect({ profile });
    await send(connected);
    await expect.poll(() => received(connected.load)).toBe(LISTENERS * FRAMES);
    const { checked, wrong, gaps, skipped, strays, lateMs } = await connected.load.figures();
    expect({ checked, wrong, gaps, skipped, strays }).toEqual({
      checked: LISTENERS * FRAMES,
      wrong: 0,
      gaps: 0,
      skipped: 0,
      strays: 0,
    });
    expect(lateMs.count).toBe(LISTENERS * FRAMES);
  },
);

test('the load looks into redundant payloads, and at the frame that they repeat', async () => {
  const connected = await connect({ red: true });
  await send(connected);
  await expect.poll(() => received(connected.load)).toBe(LISTENERS * FRAMES);
  const { checked, wrong } = await connected.load.figures();
  expect({ checked, wrong }).toEqual({ checked: LISTENERS * FRAMES, wrong: 0 });
});

test('the load notices a frame that nobody was sent', async () => {
  const connected = await connect();
  await send(connected, (payload, frame) => (frame === 5 ? undefined : payload));
  await expect.poll(() => received(connected.load)).toBe(LISTENERS * (FRAMES - 1));
  expect((await connected.load.figures()).skipped).toBe(LISTENERS);
});

test('the load notices a payload that is not what was sent', async () => {
  const connected = await connect();
  await send(connected, (payload, frame) => {
    if (frame === 7) payload[BYTES - 1] = (payload[BYTES - 1] ?? 0) ^ 1;
    return payload;
  });
  await expect.poll(() => received(connected.load)).toBe(LISTENERS * FRAMES);
  expect((await connected.load.figures()).wrong).toBe(LISTENERS);
});

test('a packet lost on the way is a gap, and one that comes twice is not counted', () => {
  const schedule: Schedule = { startMs: 0, frameMs: FRAME_MS, languages: 1 };
  const tally: Tally = {
    schedule,
    window: { from: 0, to: Infinity },
    received: 0,
    lateness: new Lateness(),
    gaps: 0,
    strays: 0,
    skipped: 0,
    recalibrated: 0,
  };
  const reception = new Reception({ language: 0, tally });
  // Both numbers wrap on the way.
  for (const frame of [0, 1, 3, 3, 4]) {
    const packet = Buffer.alloc(12);
    packet.writeUInt16BE((65_534 + frame) % 2 ** 16, 2);
    packet.writeUInt32BE((2 ** 32 - 960 + frame * 960) % 2 ** 32, 4);
    reception.receive(packet, frame * FRAME_MS + 2);
  }
  const { received, gaps, skipped, strays, recalibrated } = tally;
  expect({ received, gaps, skipped, strays, recalibrated }).toEqual({
    received: 4,
    gaps: 1,
    skipped: 1,
    strays: 1,
    recalibrated: 0,
  });
  expect(reception.lastFrame).toBe(4);
  expect(tally.lateness.figures.worst).toBe(2);
});

test('a first packet that came more than a frame late is dated right as soon as one is on time', () => {
  const tally: Tally = {
    schedule: { startMs: 0, frameMs: FRAME_MS, languages: 1 },
    window: { from: 0, to: Infinity },
    received: 0,
    lateness: new Lateness(),
    gaps: 0,
    strays: 0,
    skipped: 0,
    recalibrated: 0,
  };
  const reception = new Reception({ language: 0, tally });
  const arrive = (frame: number, late: number): number => {
    const packet = Buffer.alloc(12);
    packet.writeUInt16BE(frame, 2);
    packet.writeUInt32BE(frame * 960, 4);
    return reception.receive(packet, frame * FRAME_MS + late);
  };
  expect(arrive(0, 25), 'taken for the next one').toBe(1);
  expect(arrive(1, 3)).toBe(1);
  expect(tally.recalibrated).toBe(1);
});
