import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  keyLength,
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  RtcpPacketConverter,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSrPacket,
  saltLength,
  SrtcpSession,
} from 'werift';
import { Rtcp } from '../../appliance/peer/rtcp.ts';

const SSRC = 4_000_000_000;
const NOW = Date.UTC(2_026, 10, 21, 12);

const report = (fractionLost: number, { from = 1, lsr = 0, dlsr = 0, about = SSRC } = {}): Buffer =>
  new RtcpRrPacket({
    ssrc: from,
    reports: [
      new RtcpReceiverInfo({
        ssrc: about,
        fractionLost,
        packetsLost: 0,
        highestSequence: 0,
        jitter: 480,
        lsr,
        dlsr,
      }),
    ],
  }).serialize();

describe.each([
  ['AEAD_AES_128_GCM', ProtectionProfileAeadAes128Gcm],
  ['AES128_CM_HMAC_SHA1_80', ProtectionProfileAes128CmHmacSha1_80],
] as const)('reports over %s', (_, profile) => {
  const make = (): { box: Rtcp; phone: SrtcpSession } => {
    const [localKey, remoteKey] = [randomBytes(keyLength(profile)), randomBytes(keyLength(profile))];
    const [localSalt, remoteSalt] = [randomBytes(saltLength(profile)), randomBytes(saltLength(profile))];
    return {
      box: new Rtcp({ keys: { profile, localKey, localSalt, remoteKey, remoteSalt }, ssrc: SSRC }),
      phone: new SrtcpSession({
        profile,
        keys: {
          localMasterKey: remoteKey,
          localMasterSalt: remoteSalt,
          remoteMasterKey: localKey,
          remoteMasterSalt: localSalt,
        },
      }),
    };
  };

  it('tell loss, jitter and the way there and back', () => {
    const { box, phone } = make();
    const sent = phone.decrypt(
      box.senderReport({ wallMs: NOW, rtpTimestamp: 7, packets: 2 ** 32 + 5, octets: 9 }),
    );
    const [sender] = RtcpPacketConverter.deSerialize(sent);
    if (!(sender instanceof RtcpSrPacket)) throw new Error('no sender report');
    expect(sender.senderInfo).toMatchObject({ rtpTimestamp: 7, packetCount: 5, octetCount: 9 });
    const lsr = Number((sender.senderInfo.ntpTimestamp >> 16n) & 0xffffffffn);
    // Kept by the phone for half a second; 40 ms on the way.
    const read = box.read(phone.encrypt(report(64, { lsr, dlsr: 32_768 })), NOW + 540);
    expect(read?.report).toMatchObject({ fractionLost: 0.25, jitterMs: 10 });
    expect(read?.report?.roundTripMs).toBeCloseTo(40, 1);
  });

  it('count once: a recorded one that is sent again says nothing, not even that the phone is there', () => {
    const { box, phone } = make();
    const [first, second] = [phone.encrypt(report(0)), phone.encrypt(report(255))];
    expect(box.read(first, NOW)?.report?.fractionLost).toBe(0);
    expect(box.read(second, NOW)?.report?.fractionLost).toBeCloseTo(1, 2);
    expect(box.read(second, NOW)).toBeUndefined();
    expect(box.read(first, NOW)).toBeUndefined();
    expect(box.read(phone.encrypt(report(128)), NOW)?.report?.fractionLost).toBe(0.5);
  });

  it('of another source of the same phone count too, as many as a phone can have', () => {
    const { box, phone } = make();
    const believed = Array.from({ length: 1_000 }, (_, from) =>
      box.read(phone.encrypt(report(0, { from: from + 1 })), NOW),
    );
    expect(believed.filter(Boolean)).toHaveLength(4);
    expect(box.read(phone.encrypt(report(64)), NOW)?.report?.fractionLost).toBe(0.25);
  });

  it('are believed only under the phone’s own keys, and only about this stream', () => {
    const { box, phone } = make();
    expect(box.read(make().phone.encrypt(report(255)), NOW)).toBeUndefined();
    expect(box.read(report(255), NOW)).toBeUndefined();
    expect(box.read(phone.encrypt(report(255, { about: 5 })), NOW)).toEqual({});
  });
});
