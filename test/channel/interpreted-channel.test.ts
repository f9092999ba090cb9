import { expect, test } from 'vitest';
import { InterpretedChannel } from '../../appliance/channel/interpreted-channel.ts';
import { frequency, noise, rmsDb } from '../microphone/waveform.ts';
import { FrameLog, openFloor, strength, tone } from './frame-log.ts';
import { GUIDE, guideIn, hum, MODEL, passed, rig, undo } from './interpreted-rig.ts';

test('a burst of speech leaves at once and then steadily, 60 ms a frame, whole', async () => {
  const { channel, log } = rig();
  channel.setSource('live');
  const began = performance.now();
  channel.speak(tone(MODEL, 500));
  channel.speak(tone(MODEL, 500, 0.3, 12_000));
  expect(channel.queuedMs).toBe(1_000);
  await log.received(1);
  expect(log.frames[0]?.at ?? Infinity, 'not when all is said').toBeLessThan(began + 500);
  await log.received(18);
  log.frames.forEach(({ timestamp, duration, marker, at }, index) => {
    expect(timestamp).toBe((log.frames[0]?.timestamp ?? 0) + index * 2_880);
    expect(duration).toBe(2_880);
    expect(marker).toBe(index === 0);
    expect(at - began, `frame ${index} is not early`).toBeGreaterThan(index * 60 - 3);
  });
  expect(frequency(log.sound(1, 16))).toBeCloseTo(MODEL, 0);
  expect(channel.queuedMs).toBe(0);
});

test.for([20, 40] as const)('frames of %d ms carry the same speech, under it the guide', async (frameMs) => {
  const { floor, channel, log } = rig({ frameMs });
  channel.setSource('live');
  hum(floor);
  channel.speak(tone(MODEL, 1_200));
  await log.received(1_200 / frameMs);
  log.frames.forEach(({ timestamp, duration }, index) => {
    expect(timestamp).toBe((log.frames[0]?.timestamp ?? 0) + index * frameMs * 48);
    expect(duration).toBe(frameMs * 48);
  });
  const sound = log.sound(480 / frameMs, 1_080 / frameMs);
  expect(strength(sound, MODEL)).toBeGreaterThan(0.15);
  expect(strength(sound, GUIDE)).toBeGreaterThan(0.003);
});

test('after the last word it fades out and falls quiet; the next word is marked and in time', async () => {
  const { channel, log } = rig();
  channel.setSource('live');
  channel.speak(tone(MODEL, 120));
  await log.received(4);
  await passed(300);
  expect(log.frames, 'two spoken, two silent, then nothing').toHaveLength(4);
  channel.speak(tone(MODEL, 60));
  await log.received(5);
  const [first, , , , next] = log.frames;
  expect(next?.marker).toBe(true);
  const apart = (next?.timestamp ?? 0) - (first?.timestamp ?? 0);
  expect(apart / 48).toBeGreaterThan((next?.at ?? 0) - (first?.at ?? 0) - 100);
  expect(apart / 48).toBeLessThan((next?.at ?? 0) - (first?.at ?? 0) + 100);
});

test.each(['reconnecting', 'floor'] as const)('while it is %s the guide is heard in full', async (source) => {
  for (const underlay of ['quiet', 'off'] as const) {
    const { floor, channel, log } = rig({ underlay });
    channel.setSource(source);
    hum(floor);
    expect(await guideIn(log), underlay).toBeCloseTo(0.3, 1);
  }
});

test('while the translation is on its way the guide is heard quietly, or not at all', async () => {
  const quiet = rig();
  quiet.channel.setSource('live');
  hum(quiet.floor);
  const heard = await guideIn(quiet.log);
  expect(heard).toBeGreaterThan(0.06);
  expect(heard).toBeLessThan(0.13);

  const off = rig({ underlay: 'off' });
  off.channel.setSource('live');
  hum(off.floor);
  await guideIn(quiet.log, quiet.log.frames.length);
  expect(off.log.frames).toEqual([]);
});

test('under the translation the guide is very quiet, or not there', async () => {
  const both = await Promise.all(
    (['quiet', 'off'] as const).map(async (underlay) => {
      const { floor, channel, log } = rig({ underlay });
      channel.setSource('live');
      hum(floor);
      channel.speak(tone(MODEL, 2_000));
      const guide = await guideIn(log);
      return { guide, model: strength(log.sound(8, 16), MODEL) };
    }),
  );
  for (const { model } of both) expect(model).toBeGreaterThan(0.15);
  const [quiet = 0, off = 1] = both.map(({ guide }) => guide);
  // A busy machine hums in pieces, which measure less than the whole; nothing at all measures a hundred times less.
  expect(quiet).toBeGreaterThan(Math.max(0.003, 3 * off));
  expect(quiet).toBeLessThan(0.03);
  expect(off).toBeLessThan(0.005);
});

test('a guide who speaks the visitor’s own language for eight seconds is heard in full', async () => {
  const { floor, channel, log } = rig();
  channel.setSource('live');
  // Syllables with gaps between them, as fast as they can be fed: a tone that goes on is taken for noise.
  const gap = noise({ seconds: 1, amplitude: 0.0005 }).subarray(0, 480);
  const untranslated = (ms: number): void => {
    for (let at = 0; at < ms; at += 20)
      floor.hear(at % 400 < 320 ? tone(GUIDE, 20, 0.3, at * 24) : gap, performance.now());
  };
  untranslated(6_000);
  hum(floor);
  const before = await guideIn(log);
  expect(before, 'not yet').toBeLessThan(0.13);
  untranslated(3_000);
  const after = log.frames.length;
  expect(await guideIn(log, after)).toBeCloseTo(0.3, 1);
  channel.speak(tone(MODEL, 60));
  const spoken = log.frames.length + 1;
  expect(await guideIn(log, spoken), 'a translation has come after all').toBeLessThan(0.13);
});

test('a guide who pauses before the last sentence is translated does not cut it off', async () => {
  const { channel, log } = rig();
  channel.setSource('live');
  channel.speak(tone(MODEL, 600));
  channel.setSource('silent');
  await log.received(10);
  expect(strength(log.sound(2, 10), MODEL)).toBeGreaterThan(0.15);
});

test('nothing is sent of a guide who is muted, nor in a channel that is silent', async () => {
  const { floor, channel, log, states } = rig();
  channel.setSource('floor');
  hum(floor);
  await log.received(6);
  floor.open = false;
  await passed(500);
  const sent = log.frames.length;
  expect(rmsDb(log.sound(sent - 1)), 'it ends with a fade').toBeLessThan(-60);
  await passed(200);
  expect(log.frames).toHaveLength(sent);
  channel.setSource('silent');
  floor.open = true;
  await passed(200);
  expect(log.frames).toHaveLength(sent);
  expect(states).toEqual(['floor', 'silent']);
});

test('each frame is encoded once for all who listen, and one who fails keeps it from nobody', async () => {
  const { channel, log } = rig();
  channel.setSource('live');
  const other = new FrameLog();
  channel.subscribe({
    deliver: () => {
      throw new Error('gone');
    },
  });
  const leave = channel.subscribe(other);
  channel.speak(tone(MODEL, 240));
  await other.received(3);
  other.frames.forEach(({ payload }, index) => expect(payload).toBe(log.frames[index]?.payload));
  leave();
  await log.received(other.frames.length + 1);
  expect(other.frames.length).toBeLessThan(log.frames.length);
});

test('who comes in the middle hears what is due now, not what was said before', async () => {
  const floor = openFloor();
  const channel = new InterpretedChannel({
    language: 'es',
    floor,
    underlay: () => 'off',
    onState: () => undefined,
    onSinkError: () => undefined,
  });
  undo.push(() => channel.stop());
  channel.setSource('live');
  channel.start();
  channel.speak(tone(MODEL, 300));
  channel.speak(tone(GUIDE, 600));
  await passed(400);
  const log = new FrameLog();
  channel.subscribe(log);
  await log.received(4);
  expect(strength(log.sound(0, 4), MODEL)).toBeLessThan(0.02);
  expect(strength(log.sound(1, 4), GUIDE)).toBeGreaterThan(0.15);
});

test('a stopped channel sends nothing, whatever an interpreter still has to say', async () => {
  const { channel, log } = rig();
  channel.setSource('live');
  channel.stop();
  channel.speak(tone(MODEL, 300));
  await passed(200);
  expect(log.frames).toEqual([]);
  expect(channel.queuedMs).toBe(0);
});
