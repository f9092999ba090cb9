import { createCipheriv, randomBytes } from 'node:crypto';
import {
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  RtpPacket,
  SrtpSession,
} from 'werift';
import { describe, expect, it, test } from 'vitest';
import type { SrtpProfile } from '../../../appliance/peer/dtls.ts';
import { newSource, RtpStream } from '../../../appliance/peer/rtp-stream.ts';
import { AesGcm } from '../../../appliance/peer/srtp/aes-gcm.ts';
import { packetMemory } from '../../../appliance/peer/srtp/packet-memory.ts';
import { deriveSessionKeys } from '../../../appliance/peer/srtp/session-keys.ts';

const PROFILES: readonly [string, SrtpProfile, number][] = [
  ['AEAD_AES_128_GCM', ProtectionProfileAeadAes128Gcm, 12],
  ['AES128_CM_HMAC_SHA1_80', ProtectionProfileAes128CmHmacSha1_80, 14],
];

test('session keys are those of RFC 3711, B.3', () => {
  const keys = deriveSessionKeys(
    Buffer.from('E1F97A0D3E018BE0D64FA32C06DE4139', 'hex'),
    Buffer.from('0EC675AD498AFEEBB6960B3AABE6', 'hex'),
  );
  expect(keys.key.toString('hex')).toBe('c61e7a93744f39ee10734afe3ff7a087');
  expect(keys.salt.toString('hex')).toBe('30cbbc08863d8c85d49db34a9ae1');
  expect(keys.authentication.toString('hex')).toBe('cebe321f6ff7716b6fd4ab49af256a156d38baa4');
});

test('the own GCM is the same as OpenSSL’s, for every length of payload', () => {
  for (let length = 1; length <= 300; length++) {
    const [key, salt, payload] = [randomBytes(16), randomBytes(12), randomBytes(length)];
    const place = {
      buffer: Buffer.alloc(512),
      rollover: 7,
      sequenceNumber: 65_000,
    };
    randomBytes(12).copy(place.buffer);
    const header = Buffer.from(place.buffer.subarray(0, 12));
    const end = new AesGcm({ key, salt, authentication: Buffer.alloc(20) }, 0xdeadbeef).protect(
      place,
      payload,
    );
    const nonce = Buffer.from('0000deadbeef00000007fde8', 'hex').map((byte, i) => byte ^ (salt[i] ?? 0));
    const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(header);
    const expected = Buffer.concat([cipher.update(payload), cipher.final(), cipher.getAuthTag()]);
    expect(place.buffer.subarray(12, end).equals(expected), `${length} bytes`).toBe(true);
  }
});

/** A stream under keys of its own, and who can read it. */
const open = (): { stream: RtpStream; session: SrtpSession } => {
  const [localKey, localSalt] = [randomBytes(16), randomBytes(12)];
  const profile = ProtectionProfileAeadAes128Gcm;
  const stream = new RtpStream({ opus: 111 });
  stream.protect({ profile, localKey, localSalt, remoteKey: localKey, remoteSalt: localSalt });
  const keys = { localMasterKey: localKey, localMasterSalt: localSalt };
  const session = new SrtpSession({
    profile,
    keys: { ...keys, remoteMasterKey: localKey, remoteMasterSalt: localSalt },
  });
  return { stream, session };
};

const used = (): number => packetMemory.bytes.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0);

test('of a stream that has ended no key is left, and the next one in its place is understood', () => {
  const buffer = Buffer.alloc(1_600);
  const frame = { payload: randomBytes(240), timestamp: 0, marker: false };
  const stays = open();
  stays.stream.write(buffer, frame, 0, false);
  const before = used();
  const ends = open();
  ends.stream.write(buffer, frame, 0, false);
  expect(used() - before).toBeGreaterThan(3_000);
  ends.stream.close();
  expect(ends.stream.write(buffer, frame, 960, false)).toBe(0);
  // The packet itself, which everyone may see, is made anew in the same place.
  expect(Math.abs(used() - before)).toBeLessThan(100);
  for (const { stream, session } of [open(), stays]) {
    const length = stream.write(buffer, frame, 960, false);
    const packet = RtpPacket.deSerialize(session.decrypt(Buffer.from(buffer.subarray(0, length))));
    expect(packet.payload.equals(frame.payload)).toBe(true);
  }
});

describe.each(PROFILES)('a stream under %s', (_, profile, saltLength) => {
  const localKey = randomBytes(16);
  const localSalt = randomBytes(saltLength);
  const keys = { profile, localKey, localSalt, remoteKey: localKey, remoteSalt: localSalt };

  function receiver(): SrtpSession {
    const master = { localMasterKey: localKey, localMasterSalt: localSalt };
    return new SrtpSession({
      profile,
      keys: { ...master, remoteMasterKey: localKey, remoteMasterSalt: localSalt },
    });
  }

  it('is understood by another implementation, across a wrap of the numbers and of the time', () => {
    const buffer = Buffer.alloc(1_600);
    const stream = new RtpStream({
      opus: 111,
      firstSequenceNumber: 65_530,
      source: { ...newSource(), timestampOffset: 2 ** 32 - 5_000 },
    });
    stream.protect(keys);
    const session = receiver();
    for (let i = 0; i < 20; i++) {
      const payload = randomBytes(1 + i * 13);
      const length = stream.write(buffer, { payload, timestamp: 0, marker: false }, i * 960, i === 3);
      const packet = RtpPacket.deSerialize(session.decrypt(Buffer.from(buffer.subarray(0, length))));
      expect(packet.payload.equals(payload)).toBe(true);
      expect(packet.header).toMatchObject({
        sequenceNumber: (65_530 + i) % 65_536,
        timestamp: (2 ** 32 - 5_000 + i * 960) % 2 ** 32,
        marker: i === 3,
        payloadType: 111,
        ssrc: stream.ssrc,
      });
    }
  });

  it('stays understood through many wraps', () => {
    const buffer = Buffer.alloc(1_600);
    const stream = new RtpStream({ opus: 111, firstSequenceNumber: 1 });
    stream.protect(keys);
    const session = receiver();
    const frame = { payload: Buffer.from([1]), timestamp: 0, marker: false };
    for (let i = 0; i < 3 * 65_536; i++) {
      const length = stream.write(buffer, frame, i, false);
      // A phone that hears one packet in fifty still follows the count.
      if (i % 50 !== 0) continue;
      session.decrypt(Buffer.from(buffer.subarray(0, length)));
    }
  });

  it.each([
    { left: 40_000, first: 40_000 },
    { left: 65_000, first: 0 },
  ])(
    'that another connection left at $left goes on at $first, so that no wrap is missed',
    ({ left, first }) => {
      const buffer = Buffer.alloc(1_600);
      const stream = new RtpStream({ opus: 111 });
      stream.goOn({ sequenceNumber: left, packets: 500, octets: 50_000 });
      stream.protect(keys);
      const session = receiver();
      const frame = { payload: Buffer.from([1]), timestamp: 0, marker: false };
      for (let i = 0; i < 30_000; i++) {
        const length = stream.write(buffer, frame, i, false);
        // The phone's first packets were lost.
        if (i < 1_500 || i % 50 !== 0) continue;
        const packet = RtpPacket.deSerialize(session.decrypt(Buffer.from(buffer.subarray(0, length))));
        expect(packet.header.sequenceNumber).toBe((first + i) % 65_536);
      }
      expect([stream.packetsHere, stream.packets]).toEqual([30_000, 30_500]);
      stream.goOn({ sequenceNumber: 7, packets: 1, octets: 1 });
      expect(stream.packets, 'too late').toBe(30_500);
    },
  );

  it('refuses what was changed on the way', () => {
    const buffer = Buffer.alloc(1_600);
    const stream = new RtpStream({ opus: 111 });
    stream.protect(keys);
    const length = stream.write(buffer, { payload: randomBytes(80), timestamp: 0, marker: false }, 0, false);
    for (const place of [1, 5, 20, length - 1]) {
      const packet = Buffer.from(buffer.subarray(0, length));
      packet[place] = (packet[place] ?? 0) ^ 1;
      expect(() => receiver().decrypt(packet), `byte ${place}`).toThrow();
    }
  });

  it('sends nothing that is too long for a packet', () => {
    const buffer = Buffer.alloc(1_600);
    const stream = new RtpStream({ opus: 111, red: 63 });
    stream.protect(keys);
    const write = (payload: Buffer, redundant?: Buffer): number =>
      stream.write(buffer, { payload, redundant, timestamp: 0, marker: false }, 0, false);
    expect(write(Buffer.alloc(2_000))).toBe(0);
    expect(write(Buffer.alloc(100), Buffer.alloc(2_000)), 'without the redundancy').toBeLessThan(140);
  });
});
