import { Decoder } from '@evan/opus';
import { cleanup } from 'node-datachannel';
import { ProtectionProfileAeadAes128Gcm, ProtectionProfileAes128CmHmacSha1_80, Red } from 'werift';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newSource } from '../../../appliance/peer/rtp-stream.ts';
import type { PeerOptions } from '../../../appliance/peer/peer-options.ts';
import { toneDb } from '../../e2e/sound.ts';
import { again } from '../again.ts';
import type { Packet } from '../phone-client.ts';
import { TestPeer } from '../test-peer.ts';
import { DataChannelPhone } from './data-channel-phone.ts';
import { Tone, TONE_HZ } from './tone.ts';

const closing: { close(): void }[] = [];

afterEach(() => {
  for (const each of closing.splice(0)) each.close();
});

afterAll(() => cleanup());

async function connect(
  options: Partial<PeerOptions>,
  { red = false, video = false }: { red?: boolean; video?: boolean } = {},
): Promise<{ box: TestPeer; phone: DataChannelPhone }> {
  const box = await TestPeer.create();
  const phone = new DataChannelPhone({ red, video });
  closing.push(phone, box);
  await phone.connect(box.answer(await phone.offer(), options));
  await box.until(() => box.states.includes('connected'));
  return { box, phone };
}

/** Sends frames of the tone and waits for each handful, so that nothing is lost in a full buffer. */
async function say(
  { box, phone }: Awaited<ReturnType<typeof connect>>,
  tone: Tone,
  count: number,
): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    const frame = tone.next();
    box.peer.send(frame, frame.timestamp, frame.marker);
    if (sent % 50 === 49 || sent === count - 1) {
      const due = sent + 1;
      await phone.until(() => phone.packets.length >= due);
    }
  }
}

function decode(payloads: readonly Uint8Array[]): Int16Array {
  const decoder = new Decoder({ channels: 1, sample_rate: 24_000 });
  return Int16Array.from(
    payloads.flatMap((payload) => {
      const bytes = decoder.decode(payload);
      return [...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)];
    }),
  );
}

function expectTone(payloads: readonly Uint8Array[]): void {
  const heard = decode(payloads);
  expect(heard.length).toBe(payloads.length * 480);
  expect(toneDb(heard, TONE_HZ, 24_000), 'the tone').toBeGreaterThan(-18);
  expect(toneDb(heard, TONE_HZ * 1.5, 24_000), 'and nothing else').toBeLessThan(-45);
}

/** As they were sent: every number once and in order, as long as the fields have room, and each 20 ms after the last. */
function expectInOrder(packets: readonly Packet[]): void {
  for (const [i, packet] of packets.entries()) {
    const before = packets[i - 1];
    if (!before) continue;
    expect((packet.sequenceNumber - before.sequenceNumber + 2 ** 16) % 2 ** 16).toBe(1);
    expect((packet.timestamp - before.timestamp + 2 ** 32) % 2 ** 32).toBe(960);
  }
}

describe.each([
  ['AEAD_AES_128_GCM', ProtectionProfileAeadAes128Gcm],
  ['AES128_CM_HMAC_SHA1_80', ProtectionProfileAes128CmHmacSha1_80],
] as const)('libdatachannel with %s', (_, profile) => {
  test('hears, while numbers and times wrap on a box that has been up for days', async () => {
    const ends = await connect({
      profiles: [profile],
      firstSequenceNumber: 65_500,
      source: { ...newSource(), timestampOffset: 2 ** 32 - 48_000 },
    });
    await say(ends, new Tone({ from: 2 ** 34 }), 150);
    const { packets } = ends.phone;
    expect(packets).toHaveLength(150);
    expect(packets.every(({ payloadType }) => payloadType === 111)).toBe(true);
    expectInOrder(packets);
    expect(packets.at(-1)?.sequenceNumber).toBe(113);
    expect(packets.at(-1)?.timestamp).toBe(149 * 960 - 48_000);
    expectTone(packets.map(({ payload }) => payload));
  });

  test('gets each frame twice when it asks for that, also across the wrap', async () => {
    const ends = await connect(
      {
        profiles: [profile],
        firstSequenceNumber: 65_500,
        source: { ...newSource(), timestampOffset: 2 ** 32 - 48_000 },
      },
      { red: true },
    );
    await say(ends, new Tone(), 100);
    const { packets } = ends.phone;
    expect(packets).toHaveLength(100);
    expect(packets.every(({ payloadType }) => payloadType === 63)).toBe(true);
    expectInOrder(packets);
    const blocks = packets.map(({ payload }) => Red.deSerialize(payload).blocks.map(({ block }) => block));
    expectTone(blocks.map((each) => each.at(-1) ?? Buffer.alloc(0)));
    const repeated = blocks.slice(1).map((each) => each[0] ?? Buffer.alloc(0));
    expectTone(repeated);
    for (const [i, each] of repeated.entries())
      expect(each.equals(blocks[i]?.at(-1) ?? Buffer.alloc(0))).toBe(true);
  });

  test('hears on after two rollovers, as in three quarters of an hour', async () => {
    const ends = await connect({ profiles: [profile] });
    const { box, phone } = ends;
    const payload = Buffer.from([0xf8, 0xff, 0xfe]);
    let sent = 0;
    while (sent < 2 ** 17 + 500) {
      for (let i = 0; i < 100; i++) box.send(payload);
      sent += 100;
      const due = sent;
      await phone.until(() => phone.packets.length >= due);
    }
    expect(phone.packets).toHaveLength(sent);
    expect(phone.packets.every((packet) => packet.payload.equals(payload))).toBe(true);
  }, 60_000);

  test('answers a sender report, and the box understands it', async () => {
    const ends = await connect({ profiles: [profile] });
    const { box } = ends;
    await say(ends, new Tone(), 50);
    await again(
      () => box.peer.report(50 * 960),
      box.until(() => box.reports.length > 0),
    );
    // What it has lost libdatachannel does not say: that field it leaves as it finds it.
    expect(box.reports[0]?.roundTripMs).toBeGreaterThanOrEqual(0);
  });
});

test('libdatachannel has a place for its picture, and hears', async () => {
  const ends = await connect({}, { video: true });
  await say(ends, new Tone(), 50);
  expectTone(ends.phone.packets.map(({ payload }) => payload));
  expect(ends.phone.pictureIsOpen, 'an encoder that cannot open it would stop').toBe(true);
});
