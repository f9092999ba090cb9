import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { Shards, type ShardsOptions } from '../../appliance/shard/shards.ts';
import { HearingPhone } from './hearing-phone.ts';
import { isRising, numbersOf, SpokenChannel } from './spoken-channel.ts';

const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

async function newShards(options: Partial<ShardsOptions> = {}): Promise<Shards> {
  const shards = new Shards({ log: silentLog(), count: 1, ...options });
  await shards.start();
  undo.push(() => shards.stop());
  return shards;
}

async function newPhone(shards: Shards, channel: SpokenChannel): Promise<HearingPhone> {
  const hearing = await HearingPhone.offer(shards, { channel });
  undo.push(() => hearing.close());
  return hearing;
}

/** DTLS, by its first byte (RFC 7983). */
const isHandshake = (datagram: Buffer): boolean => (datagram[0] ?? 0) >= 20 && (datagram[0] ?? 0) <= 63;

/** The phone gets as far as this many datagrams of its handshake. */
async function stuckAfter(count: number, hearing: HearingPhone): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let passed = 0;
  hearing.relay.up = (datagram) => {
    if (!isHandshake(datagram)) return true;
    if (passed === count) resolve();
    return passed++ < count;
  };
  await hearing.begin();
  await promise;
}

test.each([0, 1, 2, 3])(
  'a shard that dies when a phone’s handshake is %i datagrams on hangs up on it, and takes it anew',
  async (count) => {
    const shards = await newShards();
    const channel = new SpokenChannel();
    const first = await newPhone(shards, channel);
    await stuckAfter(count, first);
    expect(first.peer.state).toBe('connecting');
    await shards.kill(0);
    expect(first.states).toEqual(['closed']);
    expect(channel.listeners, 'nothing is sent to who is gone').toBe(0);
    const again = await newPhone(shards, channel);
    await again.connect();
    await channel.sayUntil(() => again.phone.packets.length >= 3);
    expect(isRising(numbersOf(again.phone.packets))).toBe(true);
    expect(shards.size).toBe(1);
  },
);

test('an offer that a dying shard was about to answer is refused, and the next is taken', async () => {
  const shards = await newShards();
  const channel = new SpokenChannel();
  const pending = newPhone(shards, channel).catch((error: unknown) => error);
  // The offer itself is made meanwhile; the shard is gone when it comes, or goes while it works.
  await shards.kill(0);
  const outcome = await pending;
  if (!(outcome instanceof HearingPhone)) expect(outcome).toMatchObject({ code: 'listener_not_found' });
  const next = await newPhone(shards, channel);
  await next.connect();
  await channel.sayUntil(() => next.phone.packets.length > 0);
});

test.each([0, 2, 3])(
  'the box stops at once though a phone is %i datagrams into its handshake',
  async (count) => {
    const shards = await newShards();
    const hearing = await newPhone(shards, new SpokenChannel());
    await stuckAfter(count, hearing);
    // werift goes on sending its part for half a minute: that is longer than this test may take.
    await shards.stop();
    expect(hearing.states).toEqual(['closed']);
  },
);

test('sixty phones come at once: all are served, and who hears already misses nothing', async () => {
  // However long this machine keeps a thread waiting, a frame is sent: what is missing was lost in the storm.
  const shards = await newShards({ count: 2, tooLateMs: Infinity });
  const channel = new SpokenChannel();
  const early = await newPhone(shards, channel);
  await early.connect();
  await channel.sayUntil(() => early.phone.packets.length > 0);

  const crowd = await Promise.all(Array.from({ length: 60 }, () => newPhone(shards, channel)));
  const before = channel.spoken;
  let connected = 0;
  const joining = Promise.all(
    crowd.map(async (hearing) => {
      await hearing.connect();
      connected++;
    }),
  );
  await channel.sayUntil(() => connected === crowd.length);
  await joining;
  expect(channel.spoken, 'somebody spoke in the storm').toBeGreaterThan(before + 3);
  await channel.sayUntil(() => crowd.every(({ phone }) => phone.packets.length >= 3));

  const { spoken } = channel;
  for (const { phone } of [early, ...crowd])
    await phone.until(() => (numbersOf(phone.packets).at(-1) ?? 0) >= spoken);
  for (const { phone, peer } of [early, ...crowd]) {
    expect(peer.state).toBe('connected');
    expect(isRising(numbersOf(phone.packets)), 'every frame from the first on').toBe(true);
    expect(isRising(phone.packets.map(({ sequenceNumber }) => sequenceNumber))).toBe(true);
  }
  expect(shards.size).toBe(61);
}, 120_000);

test('ports are of the range, each shard has its own, and one that is taken is passed over', async () => {
  const taken = createSocket('udp4');
  taken.bind(0, '127.0.0.1');
  await once(taken, 'listening');
  undo.push(() => void taken.close());
  const { port: first } = taken.address();
  const shards = await newShards({ count: 2, portRange: [first, first + 5] });
  const channel = new SpokenChannel();
  const phones = await Promise.all(Array.from({ length: 4 }, () => newPhone(shards, channel)));
  const ports = new Set(phones.map(({ port }) => port));
  expect(ports.size, 'one for each shard').toBe(2);
  for (const port of ports) {
    expect(port).toBeGreaterThan(first);
    expect(port).toBeLessThanOrEqual(first + 5);
  }
});

test('a range without a free port is said, and serves as soon as there is one', async () => {
  const taken = createSocket('udp4');
  taken.bind(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address();
  const shards = await newShards({ portRange: [port, port] });
  const channel = new SpokenChannel();
  await expect(newPhone(shards, channel)).rejects.toMatchObject({ code: 'media_port_unavailable' });
  expect(shards.size).toBe(0);
  taken.close();
  await once(taken, 'close');
  expect((await newPhone(shards, channel)).port).toBe(port);
});
