import { createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeCertificate } from '../../appliance/peer/dtls.ts';
import { parseIceFragment } from '../../appliance/peer/ice-fragment.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import { Redundancy } from '../../appliance/channel/redundancy.ts';
import type { FrameMessage, FromShard } from '../../appliance/shard/messages.ts';
import { ShardHost } from '../../appliance/shard/shard-host.ts';
import { damagedFrom, dtls, garbage, rtcp, stun } from '../fuzz/malformed-datagram.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { Relay } from '../peer/relay.ts';
import { isRising } from './spoken-channel.ts';

const LOOPBACK = '127.0.0.1';

let host: ShardHost;
let said: FromShard[];
let heard: (() => void)[];
const undo: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  // The clock by which a phone is given up, and the tick that looks at it; the network has its own.
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  said = [];
  heard = [];
  host = new ShardHost({
    certificate: await makeCertificate(),
    ports: [],
    maxPtime: 60,
    now: () => performance.now(),
    post: (message) => {
      said.push(message);
      for (const each of heard) each();
    },
    takeFrames: () => undefined,
  });
  host.start();
});

afterEach(async () => {
  host.stop();
  vi.useRealTimers();
  for (const each of undo.splice(0)) await each();
});

async function says(matches: (message: FromShard) => boolean): Promise<FromShard> {
  for (;;) {
    const found = said.find(matches);
    if (found) return found;
    await new Promise<void>((resolve) => {
      heard.push(resolve);
    });
  }
}

const isState = (peer: string, state: string) => (message: FromShard) =>
  message.type === 'state' && message.peer === peer && message.state === state;

let requests = 0;

async function answerTo(peer: string, sdp: string): Promise<string> {
  const request = ++requests;
  const offer = parseOffer(sdp, { wants: 'receive' });
  host.take({ type: 'open', request, peer, offer, addresses: [LOOPBACK] });
  const done = await says((message) => message.type === 'done' && message.request === request);
  return (done.type === 'done' && done.value?.text) || '';
}

async function connect(
  peer: string,
  options: { redundancy?: boolean } = {},
): Promise<{ phone: PhoneClient; relay: Relay; answer: string }> {
  const phone = new PhoneClient({ direction: 'recvonly', ...options });
  const answer = await answerTo(peer, await phone.offer());
  host.take({ type: 'tune', peer, channel: 1 });
  const { relay, answer: through } = await Relay.before(answer);
  undo.push(async () => {
    await phone.close();
    relay.close();
  });
  await phone.accept(through);
  await phone.connected();
  await says(isState(peer, 'connected'));
  return { phone, relay, answer };
}

let frames = 0;
function deliver(): void {
  frames++;
  host.deliver({
    channel: 1,
    payload: Buffer.from([0xf8, frames]),
    timestamp: frames * 960,
    marker: false,
    at: performance.now(),
  });
}

/** What was said in the last half second of {@link stallForASecond}. */
const FRESH = Array.from({ length: 25 }, (_, i) => 25 + i);
const sinceThen = (timestamp: number, before: { timestamp: number } | undefined): number =>
  (timestamp - (before?.timestamp ?? 0) + 2 ** 32) % 2 ** 32;

/** A second in which the thread did not have its core: fifty frames have come, and are taken at once. */
function stallForASecond(): void {
  const redundancy = new Redundancy();
  const first = (frames + 1) * 960;
  const waiting = Array.from({ length: 50 }, (_, i): FrameMessage => {
    const { payload, redundant } = redundancy.add({
      payload: Buffer.from([0xf8, i]),
      timestamp: first + i * 960,
      duration: 960,
      marker: false,
    });
    return { channel: 1, payload, redundant, timestamp: first + i * 960, marker: false, at: 0 };
  });
  const since = performance.now();
  vi.advanceTimersByTime(1_000);
  for (const [i, message] of waiting.entries()) host.deliver({ ...message, at: since + i * 20 });
}

/** What the shard keeps of its phones. */
function kept(): Record<string, number> {
  const [socket] = host['bound'];
  return {
    seats: host['seats'].size,
    audiences: host['audiences'].size,
    users: socket?.['users'].size ?? 0,
    paths: socket?.['paths'].size ?? 0,
    phonesWithPaths: socket?.['pathsOf'].size ?? 0,
  };
}

const NOTHING = { seats: 0, audiences: 0, users: 0, paths: 0, phonesWithPaths: 0 };

test('a phone that has vanished is closed, and nothing of it is kept', async () => {
  const { relay } = await connect('a');
  relay.up = () => false;
  vi.advanceTimersByTime(11_000);
  await says(isState('a', 'disconnected'));
  deliver();
  vi.advanceTimersByTime(20_000);
  await says(isState('a', 'closed'));
  expect(kept()).toEqual(NOTHING);
});

test('a phone that offered and never came is closed', async () => {
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  await answerTo('a', await phone.offer());
  expect(kept()).toMatchObject({ seats: 1, users: 1 });
  vi.advanceTimersByTime(31_000);
  await says(isState('a', 'closed'));
  expect(kept()).toEqual(NOTHING);
});

test('after a stall a phone hears what is fresh: time has passed, no number is missing, and it is marked', async () => {
  const { phone } = await connect('a');
  deliver();
  await phone.received(1);
  stallForASecond();
  await phone.until(() => phone.packets.at(-1)?.payload[1] === 49);
  const [before, ...after] = phone.packets;
  expect(
    after.map(({ payload }) => payload[1]),
    'the last half second',
  ).toEqual(FRESH);
  expect(isRising(phone.packets.map(({ sequenceNumber }) => sequenceNumber))).toBe(true);
  expect(after.map(({ timestamp }) => sinceThen(timestamp, before))).toEqual(FRESH.map((i) => (1 + i) * 960));
  expect(after.map(({ marker }) => marker)).toEqual(FRESH.map((_, i) => i === 0));
  vi.advanceTimersByTime(1_000);
  const told = await says((message) => message.type === 'punctuality' && message.tooLate > 0);
  expect(told).toMatchObject({ tooLate: 25, dropped: 0 });
});

test('after a stall what a packet repeats is taken for what it is: the last frame that was left out', async () => {
  const { phone } = await connect('a', { redundancy: true });
  deliver();
  await phone.received(1);
  stallForASecond();
  await phone.until(() => phone.packets.at(-1)?.payload[1] === 49);
  const [before, ...after] = phone.packets;
  const repeated = [24, ...FRESH];
  expect(after.map(({ payload }) => payload[1])).toEqual(repeated);
  expect(after.map(({ timestamp }) => sinceThen(timestamp, before))).toEqual(
    repeated.map((i) => (1 + i) * 960),
  );
});

test('phones that come and go leave nothing behind', async () => {
  for (let i = 0; i < 5; i++) {
    const names = ['a', 'b', 'c', 'd'].map((name) => `${name}${i}`);
    await Promise.all(names.map((name) => connect(name)));
    deliver();
    expect(kept()).toMatchObject({ seats: 4, audiences: 1, users: 4, paths: 4 });
    for (const peer of names) host.take({ type: 'close', peer });
  }
  expect(kept()).toEqual(NOTHING);
});

async function newSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  undo.push(() => void socket.close());
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  return socket;
}

/** A connectivity check (RFC 8445, 7.2.4); with another password than the answer's it proves nothing. */
function check(userFragment: string, password: string): Buffer {
  const username = Buffer.from(`${userFragment}:phone`.padEnd(Math.ceil((userFragment.length + 6) / 4) * 4));
  const head = Buffer.alloc(20);
  head.writeUInt16BE(1, 0);
  head.writeUInt16BE(4 + username.length + 4 + 24, 2);
  head.writeUInt32BE(0x2112a442, 4);
  randomBytes(12).copy(head, 8);
  const request = Buffer.concat([
    head,
    Buffer.from([0, 6, 0, username.length]),
    username,
    Buffer.from([0, 0x25, 0, 0]),
  ]);
  const proof = createHmac('sha1', password).update(request).digest();
  return Buffer.concat([request, Buffer.from([0, 8, 0, 20]), proof]);
}

test('checks from five hundred places, proven or not, fill no memory and take nobody’s path', async () => {
  const a = await connect('a');
  const b = await connect('b');
  const { userFragment = '', password = '' } = parseIceFragment(a.answer);
  const before = kept();
  const strangers = await Promise.all(Array.from({ length: 500 }, newSocket));
  let answers = 0;
  for (const stranger of strangers) stranger.on('message', () => answers++);
  const { port } = host['bound'].values().next().value?.address ?? { port: 0 };
  for (const [i, stranger] of strangers.entries()) {
    stranger.send(check(userFragment, 'x'.repeat(24)), port, LOOPBACK);
    stranger.send(check(`nobody${i}`, password), port, LOOPBACK);
    stranger.send(Buffer.from([22, 1, 2, 3]), port, LOOPBACK);
    if (i % 50 === 0) await a.relay.settled();
  }
  await a.relay.settled();
  expect(answers, 'who proves nothing is not answered').toBe(0);
  expect(kept()).toEqual(before);

  // One phone on five hundred ports: its sound follows the last that it named, and nobody else's is touched.
  for (const stranger of strangers) {
    const answered = once(stranger, 'message');
    stranger.send(check(userFragment, password), port, LOOPBACK);
    await answered;
  }
  expect(kept().paths).toBeLessThanOrEqual(8 + 1);
  await a.relay.settled();
  const at = b.phone.packets.length;
  deliver();
  await Promise.all([a.phone.received(1), b.phone.received(at + 1)]);
});

/** Bytes in use once nothing is left to collect. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

test('thirty thousand datagrams that make no sense leave no memory behind', async () => {
  const { relay } = await connect('a');
  const [stranger] = await Promise.all([newSocket(), connect('b')]);
  const { port } = host['bound'].values().next().value?.address ?? { port: 0 };
  // A check that was only lengthened proves its path as well as before: from a stranger it would be one more.
  const damaged = damagedFrom(relay.seen);
  const kinds = [garbage, dtls, rtcp, stun('nobody'), damaged];
  const before = kept();
  const levels: number[] = [];
  for (let round = 0; round < 6; round++) {
    for (const [index, kind] of kinds.entries()) {
      const seed = 100 * round + index;
      for (const [i, datagram] of fc.sample(kind, { numRuns: 1_000, seed }).entries()) {
        if (kind !== damaged) stranger.send(datagram, port, LOOPBACK);
        relay.inject(datagram);
        if (i % 50 === 0) await relay.settled();
      }
      await relay.settled();
    }
    levels.push(heap());
  }
  expect(kept()).toEqual(before);
  // What the first rounds load and compile stays; after that a leak of a hundred bytes each would be 2 MB.
  const [, , warm = 0] = levels;
  expect((levels.at(-1) ?? 0) - warm, levels.join()).toBeLessThan(1_500_000);
}, 60_000);
