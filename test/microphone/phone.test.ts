import { Encoder } from '@evan/opus';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { PhoneMicrophone, type PhonePeer } from '../../appliance/microphone/phone.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import type { SoundFrame } from '../../appliance/protocol/sound-frame.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { CaptureLog } from './capture-log.ts';
import { envelope, frequency, sine } from './waveform.ts';

const ADDRESSES = ['127.0.0.1'];

let log: CaptureLog;
let microphone: PhoneMicrophone;
let shards: Shards;
const phones: PhoneClient[] = [];

beforeEach(async () => {
  log = new CaptureLog();
  shards = new Shards({ log: silentLog(), count: 1 });
  await shards.start();
  microphone = new PhoneMicrophone({ output: log, openPeer: (connection) => shards.open(connection) });
});

afterEach(async () => {
  await microphone.stop();
  await shards.stop();
  await Promise.all(phones.splice(0).map((phone) => phone.close()));
});

async function connect(): Promise<{ phone: PhoneClient; id: string }> {
  const phone = new PhoneClient({ direction: 'sendonly' });
  phones.push(phone);
  const offer = parseOffer(await phone.offer(), { wants: 'send' });
  const { id, answer } = await microphone.connect({ offer, addresses: ADDRESSES });
  await phone.accept(answer.text);
  await phone.connected();
  return { phone, id };
}

/** A tone as a browser would send it: Opus, 48 kHz, one packet per `ms`. */
function packets(hz: number, seconds: number, ms = 20): Uint8Array[] {
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'audio' });
  const samples = Int16Array.from(sine({ hz, rate: 48_000, seconds, amplitude: 10_000 }));
  const length = ms * 48;
  return Array.from({ length: samples.length / length }, (_, i) =>
    encoder.encode(samples.subarray(i * length, (i + 1) * length)),
  );
}

test('what is said into the phone comes to the floor, in frames of 20 ms', async () => {
  microphone.start();
  expect(log.states, 'nothing is delivered from inside start()').toEqual([]);
  await log.state('waiting');
  const { phone } = await connect();
  await log.state('open');
  for (const payload of packets(440, 0.5)) await phone.send(payload);
  await log.until(() => log.frames.length >= 25);
  for (const { samples } of log.frames) expect(samples).toHaveLength(480);
  expect(frequency(log.samples.subarray(2_400))).toBeCloseTo(440, 0);
});

test('packets of 10 and of 60 ms make the same frames', async () => {
  microphone.start();
  const { phone } = await connect();
  for (const payload of packets(440, 0.12, 10)) await phone.send(payload, { duration: 480 });
  for (const payload of packets(440, 0.36, 60)) await phone.send(payload, { duration: 2_880 });
  await log.until(() => log.frames.length >= 24);
  expect(log.frames).toHaveLength(24);
  for (const { samples } of log.frames) expect(samples).toHaveLength(480);
});

test('a lost packet is covered by a fading one, and what overtook is put in order', async () => {
  microphone.start();
  const { phone } = await connect();
  const all = packets(440, 0.6);
  for (const payload of all.slice(0, 10)) await phone.send(payload);
  await phone.send(all[11] ?? new Uint8Array(), { skip: 1 });
  for (const payload of all.slice(12, 20)) await phone.send(payload);
  await log.until(() => log.frames.length >= 20);
  const loudness = envelope(log.samples).slice(2);
  expect(Math.min(...loudness), 'no hole').toBeGreaterThan(Math.max(...loudness) - 9);
});

test('bytes that are not Opus are taken for a loss, not for an end', async () => {
  microphone.start();
  const { phone } = await connect();
  await phone.send(new Uint8Array([0xff, 0xff, 0xff]));
  for (const payload of packets(440, 0.2)) await phone.send(payload);
  await log.until(() => log.frames.length >= 10);
});

test('the newest phone is the microphone; the one before is let go', async () => {
  microphone.start();
  await log.state('waiting');
  const first = await connect();
  const second = await connect();
  await log.until(() => log.kinds.filter((kind) => kind === 'open').length === 2);
  expect(log.kinds).toEqual(['waiting', 'open', 'waiting', 'open']);
  const from = log.frames.length;
  for (const payload of packets(440, 0.3)) await second.phone.send(payload);
  await log.until(() => log.frames.length >= from + 15);
  expect(() => microphone.peer(first.id)).toThrow(expect.objectContaining({ code: 'listener_not_found' }));
  microphone.disconnect(first.id);
  expect(microphone.peer(second.id), 'an old goodbye ends nothing new').toBeDefined();
});

test('a phone that hangs up is waited for, and one that came early is taken', async () => {
  const early = await connect();
  microphone.start();
  await log.state('open');
  microphone.disconnect(early.id);
  await log.state('waiting');
  expect(log.kinds).toEqual(['open', 'waiting']);
});

test('an offer that cannot be answered leaves the phone that is there', async () => {
  microphone.start();
  const { id } = await connect();
  await log.state('open');
  const other = new PhoneClient({ direction: 'sendonly' });
  phones.push(other);
  const offer = parseOffer(await other.offer(), { wants: 'send' });
  await expect(microphone.connect({ offer, addresses: ['203.0.113.1'] })).rejects.toMatchObject({
    code: 'media_port_unavailable',
  });
  expect(microphone.peer(id)).toBeDefined();
});

test('a stopped microphone says and hears nothing more', async () => {
  microphone.start();
  const { phone } = await connect();
  await log.state('open');
  await microphone.stop();
  const said = log.kinds.length;
  for (const payload of packets(440, 0.1)) await phone.send(payload);
  expect(log.kinds).toHaveLength(said);
  expect(log.frames).toEqual([]);
});

test('a phone that comes while the microphone is being stopped is hung up on', async () => {
  const peers: PhonePeer[] = [];
  const stopping = new PhoneMicrophone({
    output: log,
    openPeer: async (connection) => {
      const opened = await shards.open(connection);
      peers.push(opened.peer);
      await stopping.stop();
      return opened;
    },
  });
  stopping.start();
  const phone = new PhoneClient({ direction: 'sendonly' });
  phones.push(phone);
  const offer = parseOffer(await phone.offer(), { wants: 'send' });
  await expect(stopping.connect({ offer, addresses: ADDRESSES })).rejects.toMatchObject({
    code: 'tour_state',
  });
  expect(peers.map(({ state }) => state)).toEqual(['closed']);
});

/** Frames of 20 ms of a tone, as a page sends them over a socket, from `at` ms on. */
function socketFrames(hz: number, seconds: number, { rate = 48_000, at = 0 } = {}): SoundFrame[] {
  const samples = Int16Array.from(sine({ hz, rate, seconds, amplitude: 10_000 }));
  const length = rate / 50;
  return Array.from({ length: samples.length / length }, (_, index) => ({
    marker: false,
    pcm: true,
    duration: 960,
    sequence: index,
    timestamp: at * 48 + index * 960,
    sound: new Uint8Array(samples.slice(index * length, (index + 1) * length).buffer),
  }));
}

test.each([24_000, 44_100, 48_000])('a phone may speak over a socket instead, at %i Hz', async (rate) => {
  microphone.start();
  const phone = await microphone.connectSocket({ rate, onClose: () => undefined });
  await log.state('open');
  for (const frame of socketFrames(440, 0.4, { rate })) phone.hear(frame);
  await log.until(() => log.frames.length >= 19);
  expect(frequency(log.samples.subarray(2_400))).toBeCloseTo(440, -1);
});

test('a socket speaks until WebRTC connects, which then takes its place', async () => {
  microphone.start();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const socket = await microphone.connectSocket({ rate: 48_000, onClose: resolve });
  const vain = new PhoneClient({ direction: 'sendonly' });
  phones.push(vain);
  const offer = parseOffer(await vain.offer(), { wants: 'send' });
  await microphone.connect({ offer, addresses: ADDRESSES });
  expect(socket.state, 'an offer alone is no connection').toBe('connected');
  const { phone } = await connect();
  await closed;
  for (const frame of socketFrames(440, 0.2)) socket.hear(frame);
  expect(log.frames).toHaveLength(0);
  for (const payload of packets(440, 0.2)) await phone.send(payload);
  await log.until(() => log.frames.length >= 8);
});

test('a socket that breaks off is told to the guide', async () => {
  microphone.start();
  const socket = await microphone.connectSocket({ rate: 48_000, onClose: () => undefined });
  await log.state('open');
  socket.lose();
  await log.state('lost');
});
