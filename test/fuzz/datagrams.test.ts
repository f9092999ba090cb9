import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  RtcpReceiverInfo,
  RtcpRrPacket,
  SrtcpSession,
} from 'werift';
import { LiveListener } from './live-listener.ts';
import { damagedFrom, dtls, garbage, rtcp, stun } from './malformed-datagram.ts';
import { fuzz } from './seed.ts';

const BATCH = 50;
const BATCHES = 10_000 / BATCH;

describe.each([
  ['AEAD_AES_128_GCM', ProtectionProfileAeadAes128Gcm],
  ['AES128_CM_HMAC_SHA1_80', ProtectionProfileAes128CmHmacSha1_80],
] as const)('somebody hears over %s', (_, profile) => {
  let live: LiveListener;

  beforeEach(async () => {
    live = await LiveListener.start(profile);
  });

  afterEach(() => live.stop());

  /** Ten thousand of these under the phone's own address, and a frame after every fifty. */
  async function withstands(datagram: fc.Arbitrary<Buffer>): Promise<void> {
    await fc.assert(
      fc.asyncProperty(fc.array(datagram, { minLength: BATCH, maxLength: BATCH }), async (datagrams) => {
        for (const each of datagrams) live.hearing.relay.inject(each);
        await live.hearing.relay.settled();
        await live.hears();
        expect(live.harm).toEqual([]);
      }),
      // Smaller ones would be tried on a listener that is no more.
      { ...fuzz(BATCHES), endOnFailure: true },
    );
    expect(live.hearing.phone.packets.length).toBeGreaterThan(BATCHES);
    expect(live.hearing.states).not.toContain('closed');
  }

  test('while garbage comes', () => withstands(garbage));

  test('while DTLS comes that nobody asked for', () => withstands(dtls));

  test('while all that the phone has ever sent comes again, damaged', () =>
    withstands(damagedFrom(live.hearing.relay.seen)));

  test('while unprotected RTCP comes', () => withstands(rtcp));

  test('while RTCP comes under other keys', async () => {
    const [localMasterKey, remoteMasterKey] = [randomBytes(16), randomBytes(16)];
    const [localMasterSalt, remoteMasterSalt] = [randomBytes(14), randomBytes(14)];
    const stranger = new SrtcpSession({
      profile,
      keys: { localMasterKey, localMasterSalt, remoteMasterKey, remoteMasterSalt },
    });
    const ssrc = live.hearing.phone.packets[0]?.ssrc ?? 0;
    const report = new RtcpRrPacket({
      ssrc: 1,
      reports: [
        new RtcpReceiverInfo({
          ssrc,
          fractionLost: 255,
          packetsLost: 9,
          highestSequence: 9,
          jitter: 0,
          lsr: 0,
          dlsr: 0,
        }),
      ],
    }).serialize();
    await withstands(fc.oneof(rtcp, fc.constant(report)).map((packet) => stranger.encrypt(packet)));
    expect(
      live.hearing.reports.filter(({ fractionLost }) => fractionLost > 0.5),
      'none was believed',
    ).toEqual([]);
  });

  test('while the phone itself sends RTCP that makes no sense', () =>
    withstands(rtcp.map((packet) => live.srtcp.encrypt(packet))));
});

describe('somebody hears', () => {
  let live: LiveListener;

  beforeEach(async () => {
    live = await LiveListener.start();
  });

  afterEach(() => live.stop());

  test('while strangers check a path that is not theirs, and get no answer', async () => {
    const stranger = createSocket('udp4');
    stranger.bind(0, '127.0.0.1');
    await once(stranger, 'listening');
    let answers = 0;
    stranger.on('message', () => answers++);
    const name = live.hearing.relay.seen.map(
      (datagram) => /[\w+/]{4,}(?=:[\w+/]{4})/.exec(datagram.toString('latin1'))?.[0],
    );
    const user = name.find((found) => found !== undefined) ?? '';
    expect(user, 'the name of the box in the phone’s checks').not.toBe('');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(stun(user), stun('nobody')), { minLength: BATCH, maxLength: BATCH }),
        async (datagrams) => {
          for (const each of datagrams) {
            stranger.send(each, live.hearing.port, '127.0.0.1');
            live.hearing.relay.inject(each);
          }
          await live.hearing.relay.settled();
          await live.hears();
          expect(live.harm).toEqual([]);
          expect(answers).toBe(0);
        },
      ),
      { ...fuzz(BATCHES), endOnFailure: true },
    );
    stranger.close();
  });
});
