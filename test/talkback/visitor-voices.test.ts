import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { VisitorVoice } from '../../appliance/microphone/visitor-voice.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { VisitorVoices } from '../../appliance/talkback/visitor-voices.ts';
import { strength } from '../channel/frame-log.ts';
import { TalkingPhone } from './talking-phone.ts';

let shards: Shards;
let voices: VisitorVoices;
let holder: string | undefined;
let dropped = 0;
let fromBefore = false;
const heard: { attendee: string; samples: Int16Array }[] = [];
const gone: string[] = [];
const changes = new EventEmitter();
const phones: TalkingPhone[] = [];

beforeEach(async () => {
  holder = undefined;
  fromBefore = false;
  dropped = 0;
  heard.length = 0;
  gone.length = 0;
  shards = new Shards({ log: silentLog(), count: 1 });
  await shards.start();
  voices = new VisitorVoices({
    most: 2,
    createVoice: (options) =>
      new VisitorVoice({ ...options, openPeer: (connection) => shards.open(connection) }),
    fromBefore: () => fromBefore,
    holds: (attendee) => attendee === holder,
    onFrame: (attendee, samples) => {
      heard.push({ attendee, samples: samples.slice() });
      changes.emit('change');
    },
    onDropped: () => {
      dropped++;
      changes.emit('change');
    },
    onGone: (attendee) => {
      gone.push(attendee);
      changes.emit('change');
    },
  });
});

afterEach(async () => {
  await shards.stop();
  await Promise.all(phones.splice(0).map((phone) => phone.close()));
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await once(changes, 'change');
}

async function offered(): Promise<{ phone: TalkingPhone; offer: ReturnType<typeof parseOffer> }> {
  const phone = new TalkingPhone();
  phones.push(phone);
  return { phone, offer: parseOffer(await phone.client.offer(), { wants: 'send' }) };
}

async function connect(attendee: string): Promise<{ phone: TalkingPhone; id: string }> {
  const { phone, offer } = await offered();
  const { id, answer } = await voices.connect({ attendee, offer, addresses: ['127.0.0.1'] });
  await phone.client.accept(answer.text);
  await phone.client.connected();
  phone.start();
  return { phone, id };
}

function heardOf(attendee: string): Int16Array {
  const frames = heard.filter((each) => each.attendee === attendee);
  const all = new Int16Array(frames.length * 480);
  frames.forEach(({ samples }, index) => all.set(samples, index * 480));
  return all;
}

test('who holds the floor is heard; what the others say is dropped and counted', async () => {
  const [speaker, other] = [await connect('speaker'), await connect('other')];
  holder = 'speaker';
  speaker.phone.hz = 440;
  other.phone.hz = 900;
  await until(() => heard.length >= 30 && dropped >= 10);
  expect(strength(heardOf('speaker').subarray(-4_800), 440)).toBeGreaterThan(0.2);
  expect(heardOf('other')).toHaveLength(0);
});

test('who speaks to the guide alone is heard with what they said while they pressed; on all others’ floor nobody is', async () => {
  const { phone } = await connect('speaker');
  for (const wanted of [true, false]) {
    fromBefore = wanted;
    holder = undefined;
    phone.hz = 440;
    const missed = dropped;
    await until(() => dropped - missed >= 20);
    phone.hz = 0;
    await until(() => dropped - missed >= 30);
    heard.length = 0;
    holder = 'speaker';
    await until(() => heard.length >= 10);
    expect(strength(heardOf('speaker').subarray(0, 4_800), 440) > 0.1).toBe(wanted);
  }
});

test('somebody else may hear a visitor who holds nothing, for as long as they like', async () => {
  await connect('caller');
  let count = 0;
  const leave = voices.tap('caller', () => {
    count++;
    changes.emit('change');
  });
  await until(() => count >= 8);
  leave();
  const before = count;
  const droppedBefore = dropped;
  await until(() => dropped > droppedBefore + 8);
  expect([heard.length, count]).toEqual([0, before]);
});

test('a visitor has one voice: a newer one takes the place of the one before, and nobody is gone', async () => {
  const first = await connect('visitor');
  const second = await connect('visitor');
  expect(voices.size).toBe(1);
  expect(voices.get(second.id, 'visitor')).toBe(voices.of('visitor'));
  expect(() => voices.get(first.id, 'visitor')).toThrow(
    expect.objectContaining({ code: 'listener_not_found' }),
  );
  expect(() => voices.get(second.id, 'another')).toThrow(
    expect.objectContaining({ code: 'listener_not_found' }),
  );
  expect(gone).toEqual([]);
  voices.close('visitor');
  expect(gone).toEqual(['visitor']);
});

test('more microphones than a tour has room for are told to write', async () => {
  await Promise.all([connect('a'), connect('b')]);
  const { offer } = await offered();
  await expect(voices.connect({ attendee: 'c', offer, addresses: ['127.0.0.1'] })).rejects.toMatchObject({
    code: 'box_busy',
  });
  await connect('a');
});
