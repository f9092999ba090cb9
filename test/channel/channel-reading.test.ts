import { expect, test } from 'vitest';
import { ChannelReading } from '../../appliance/channel/channel-reading.ts';
import { FloorChannel } from '../../appliance/channel/floor-channel.ts';
import { rmsDb } from '../microphone/waveform.ts';
import { FrameLog, openFloor, strength, tone } from './frame-log.ts';
import { GUIDE, hum, MODEL, rig, undo } from './interpreted-rig.ts';

/** The pitch of what is read. */
const READING = 1_100;

function floorRig() {
  const floor = openFloor();
  const channel = new FloorChannel({
    language: 'en',
    floor,
    onState: () => undefined,
    onSinkError: () => undefined,
  });
  const log = new FrameLog();
  channel.subscribe(log);
  channel.start();
  undo.push(() => channel.stop());
  return { floor, channel, log };
}

/** What becomes of a reading, and with which frames of the channel: a busy machine makes several at once. */
function watched({ log, onBegin }: { log?: FrameLog; onBegin?: () => void } = {}) {
  const frames = { first: 0, last: 0 };
  const began = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<'heard' | 'cut'>();
  let bargeIns = 0;
  const events = {
    onBegin: () => {
      frames.first = log?.frames.length ?? 0;
      onBegin?.();
      began.resolve();
    },
    onEnd: (how: 'heard' | 'cut') => {
      frames.last = log?.frames.length ?? 0;
      ended.resolve(how);
    },
    onBargeIn: () => bargeIns++,
  };
  return { events, frames, began: began.promise, ended: ended.promise, bargeIns: () => bargeIns };
}

test('in a channel that rests a reading is heard whole, by a steady clock, and the channel rests again', async () => {
  const { channel, log } = rig();
  channel.setSource('live');
  const { events, ended } = watched();
  channel.announce(tone(READING, 600), events);
  expect(await ended).toBe('heard');
  await log.received(12);
  log.frames.forEach(({ timestamp, marker }, index) => {
    expect(timestamp).toBe((log.frames[0]?.timestamp ?? 0) + index * 2_880);
    expect(marker).toBe(index === 0);
  });
  expect(strength(log.sound(1, 9), READING)).toBeGreaterThan(0.2);
  expect(rmsDb(log.sound(11, 12))).toBeLessThan(-50);
});

test('it waits for a pause of the translation, and the translation that comes then waits for it: neither is lost', async () => {
  const { channel, log } = rig();
  channel.setSource('live');
  channel.speak(tone(MODEL, 600));
  await log.received(2);
  const { events, frames, ended } = watched({ log, onBegin: () => channel.speak(tone(MODEL, 300)) });
  channel.announce(tone(READING, 900), events);
  expect(await ended).toBe('heard');
  const { first, last } = frames;
  await log.received(last + 6);
  // The last word of it, and the pause that ends it.
  expect(first).toBeGreaterThanOrEqual(600 / 60);
  expect(strength(log.sound(0, first), READING)).toBeLessThan(0.05);
  const read = log.sound(first + 1, last);
  expect(strength(read, READING)).toBeGreaterThan(0.2);
  expect(strength(read, MODEL)).toBeLessThan(0.05);
  expect(strength(log.sound(last + 2, last + 5), MODEL)).toBeGreaterThan(0.2);
});

test('a voice without a pause does not keep it waiting for more than three seconds', () => {
  const reading = new ChannelReading();
  const { events } = watched();
  reading.begin(tone(READING, 100), events);
  let waited = 0;
  while (!reading.turn(60, false)) waited += 60;
  expect(waited).toBe(2_940);
});

/** How loud reading and guide are while the one is heard over the other. */
async function over(underlay: 'quiet' | 'off'): Promise<{ reading: number; guide: number }> {
  const { floor, channel, log } = rig({ underlay });
  // Nobody interprets: the guide is heard in full.
  channel.setSource('floor');
  hum(floor);
  await log.received(12);
  expect(strength(log.sound(8, 12), GUIDE)).toBeGreaterThan(0.2);
  const { events, frames, ended } = watched({ log });
  channel.announce(tone(READING, 900), events);
  expect(await ended).toBe('heard');
  const sound = log.sound(frames.first + 6, frames.first + 13);
  return { reading: strength(sound, READING), guide: strength(sound, GUIDE) };
}

test('in a translated channel the guide is ducked under it, or not there', async () => {
  const [quiet, off] = await Promise.all([over('quiet'), over('off')]);
  expect(quiet.reading).toBeGreaterThan(0.2);
  expect(quiet.guide).toBeLessThan(0.03);
  expect(off.reading).toBeGreaterThan(0.2);
  expect(off.guide).toBeLessThan(0.01);
});

test('on the floor channel the guide is heard as loud as ever under it, without a gap', async () => {
  const { floor, channel, log } = floorRig();
  hum(floor);
  await log.received(20);
  const { events, frames, ended } = watched({ log });
  channel.announce(tone(READING, 500), events);
  expect(await ended).toBe('heard');
  const both = log.sound(frames.last - 20, frames.last - 2);
  expect(strength(both, READING)).toBeGreaterThan(0.2);
  expect(strength(both, GUIDE)).toBeGreaterThan(0.25);
  const { timestamp: begin = 0 } = log.frames[0] ?? {};
  expect(log.frames.map(({ timestamp }) => (timestamp - begin) / 960)).toEqual(log.frames.map((_, at) => at));
});

test('the floor channel reads also while there is no microphone', async () => {
  const { channel, log } = floorRig();
  const { events, ended } = watched();
  channel.announce(tone(READING, 400), events);
  expect(await ended).toBe('heard');
  expect(strength(log.sound(2, 18), READING)).toBeGreaterThan(0.2);
  expect(log.frames[1]).toMatchObject({ timestamp: (log.frames[0]?.timestamp ?? 0) + 960 });
});

test('what is cut is silent within 20 ms, without a click', () => {
  const reading = new ChannelReading();
  let how: string | undefined;
  reading.begin(new Int16Array(24_000).fill(10_000), { onEnd: (end) => (how = end) });
  reading.turn(20, true);
  const sound = new Int16Array(2_400);
  reading.mixInto(sound, 0, 480);
  reading.cut();
  reading.mixInto(sound, 480, 1_920);
  expect(how).toBe('cut');
  expect([...sound.subarray(960)].every((sample) => sample === 0)).toBe(true);
  for (let at = 1; at < sound.length; at++)
    expect(Math.abs((sound[at] ?? 0) - (sound[at - 1] ?? 0))).toBeLessThan(30);
});

test('it tells of who begins to speak while it is heard, not of who spoke before', async () => {
  const { floor, channel } = floorRig();
  const { events, began, ended, bargeIns } = watched();
  let at = 0;
  const speak = (frames: number, amplitude: number): void => {
    for (let i = 0; i < frames; i++, at++) floor.hear(tone(GUIDE, 20, amplitude, at * 480), at * 20);
  };
  speak(50, 0.001);
  channel.announce(tone(READING, 5_000), events);
  speak(10, 0.001);
  await began;
  expect(bargeIns()).toBe(0);
  speak(5, 0.3);
  expect(bargeIns()).toBe(1);
  speak(50, 0.3);
  expect(bargeIns()).toBe(1);
  channel.cut();
  speak(2, 0.3);
  expect(await ended).toBe('cut');
});

test('while the guide speaks a reading waits on the floor channel, for three seconds at most', () => {
  const { floor, channel, log } = floorRig();
  let began = 0;
  let at = 0;
  // Words, and between them gaps by which the noise of the place is known.
  const speak = (frames: number): void => {
    for (let i = 0; i < frames; i++, at++)
      floor.hear(tone(GUIDE, 20, at % 10 < 3 ? 0.0005 : 0.3, at * 480), at * 20);
  };
  speak(20);
  channel.announce(tone(READING, 400), { onBegin: () => (began = log.frames.length) });
  speak(100);
  expect(began).toBe(0);
  speak(60);
  expect(began).toBeGreaterThan(20 + 140);
});

test('a channel that stops, or has stopped, ends its reading', async () => {
  const { channel } = rig();
  const { events, ended } = watched();
  channel.announce(tone(READING, 5_000), events);
  channel.stop();
  expect(await ended).toBe('cut');
  const late = watched();
  channel.announce(tone(READING, 5_000), late.events);
  expect(await late.ended).toBe('cut');
});
