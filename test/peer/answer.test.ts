import * as sdp from 'sdp-transform';
import { expect, test } from 'vitest';
import { writeAnswer, writeRestartFragment } from '../../appliance/peer/answer.ts';
import { type Offer, parseOffer } from '../../appliance/peer/offer.ts';

/** What has the transport of a section (RFC 8859: TRANSPORT and IDENTICAL). */
const transport = (byte: string): string[] => [
  `a=ice-ufrag:frag${byte}`,
  `a=ice-pwd:${byte.repeat(11)}`,
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => byte).join(':')}`,
  'a=setup:actpass',
  'a=rtcp-mux',
];
const head = (...lines: string[]): string[] => ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', ...lines];
const video = (port: number, ...lines: string[]): string[] => [
  `m=video ${port} UDP/TLS/RTP/SAVPF 96 97`,
  'c=IN IP4 0.0.0.0',
  'a=recvonly',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 H264/90000',
  'a=fmtp:97 packetization-mode=1',
  ...lines,
];
const audio = (port: number, ...lines: string[]): string[] => [
  `m=audio ${port} UDP/TLS/RTP/SAVPF 111`,
  'c=IN IP4 0.0.0.0',
  'a=recvonly',
  'a=rtpmap:111 opus/48000/2',
  ...lines,
];
const data = (port: number, ...lines: string[]): string[] => [
  `m=application ${port} UDP/DTLS/SCTP webrtc-datachannel`,
  'c=IN IP4 0.0.0.0',
  'a=sctp-port:5000',
  ...lines,
];

const parse = (...lines: string[]): Offer => parseOffer([...lines, ''].join('\r\n'), { wants: 'receive' });
const parts = (offer: Offer): Parameters<typeof writeAnswer>[0] => ({
  offer,
  credentials: { userFragment: 'box0', password: '0123456789012345678901' },
  fingerprint: { algorithm: 'sha-256', value: 'AB' },
  addresses: [{ address: '192.0.2.1', port: 40_000 }],
  session: 1,
  ssrc: 1,
  maxPtime: 60,
});

/** Each section of the answer in short. */
function sectionsOf(offer: Offer): string[] {
  return sdp
    .parse(writeAnswer(parts(offer)))
    .media.map(
      ({ type, port, direction, mid, iceUfrag, candidates = [] }) =>
        `${type} ${mid ?? '-'} ${port} ${direction ?? '-'}${iceUfrag ? ' transport' : ''}${candidates.length > 0 ? ' candidates' : ''}`,
    );
}

const groupOf = (offer: Offer): string[] =>
  (writeAnswer(parts(offer)).match(/a=group:.*/g) ?? []).map((line) => line.trim());

test.each([0, 9])(
  'the transport of a bundle is that of its first section, also when that is video (port %i for the sound)',
  (port) => {
    const offer = parse(
      ...head('a=group:BUNDLE 0 1'),
      ...video(9, 'a=mid:0', ...transport('AA')),
      ...audio(port, 'a=mid:1', 'a=bundle-only'),
    );
    expect(offer).toMatchObject({
      userFragment: 'fragAA',
      fingerprints: [{ value: expect.stringMatching(/^AA/) }],
    });
    expect(sectionsOf(offer)).toEqual([
      'video 0 40000 inactive transport candidates',
      'audio 1 40000 sendonly transport',
    ]);
    expect(groupOf(offer)).toEqual(['a=group:BUNDLE 0 1']);
    expect(writeRestartFragment(parts(offer))).toContain('m=video 40000 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n');
  },
);

test('the group’s order tells the first section, not that of the offer', () => {
  const offer = parse(
    ...head('a=group:BUNDLE 1 0'),
    ...video(0, 'a=mid:0', 'a=bundle-only'),
    ...audio(9, 'a=mid:1', ...transport('BB')),
  );
  expect(sectionsOf(offer)).toEqual([
    'video 0 40000 inactive transport',
    'audio 1 40000 sendonly transport candidates',
  ]);
  expect(groupOf(offer)).toEqual(['a=group:BUNDLE 1 0']);
});

test('a section that is switched off has no transport: the next of the bundle has it', () => {
  const offer = parse(
    ...head('a=group:BUNDLE 0 1'),
    ...video(0, 'a=mid:0'),
    ...audio(9, 'a=mid:1', ...transport('BB')),
  );
  expect(offer.userFragment).toBe('fragBB');
  expect(sectionsOf(offer)).toEqual(['video 0 0 inactive', 'audio 1 40000 sendonly transport candidates']);
  expect(groupOf(offer)).toEqual(['a=group:BUNDLE 1']);
});

test('data rests where the sound needs its transport, and is refused elsewhere', () => {
  const first = parse(
    ...head('a=group:BUNDLE 0 1'),
    ...data(9, 'a=mid:0', ...transport('AA')),
    ...audio(0, 'a=mid:1', 'a=bundle-only'),
  );
  expect(sectionsOf(first)).toEqual([
    'application 0 40000 inactive transport candidates',
    'audio 1 40000 sendonly transport',
  ]);
  expect(writeAnswer(parts(first))).toContain('a=sctp-port:5000');
  const last = parse(
    ...head('a=group:BUNDLE 0 1'),
    ...audio(9, 'a=mid:0', ...transport('AA')),
    ...data(0, 'a=mid:1', 'a=bundle-only'),
  );
  expect(sectionsOf(last)).toEqual([
    'audio 0 40000 sendonly transport candidates',
    'application 1 0 inactive',
  ]);
  expect(groupOf(last)).toEqual(['a=group:BUNDLE 0']);
});

test('outside a bundle each section has its own transport, and only that of the sound is answered', () => {
  const offer = parse(
    ...head(),
    ...video(9, 'a=mid:video0', ...transport('AA')),
    ...audio(9, 'a=mid:audio1', ...transport('BB')),
  );
  expect(offer.userFragment).toBe('fragBB');
  expect(sectionsOf(offer)).toEqual([
    'video video0 0 inactive transport',
    'audio audio1 40000 sendonly transport candidates',
  ]);
  expect(groupOf(offer), 'none was offered').toEqual([]);
});

test('neither a name, nor a bundle, nor a shared port is answered that was not offered', () => {
  const offer = parse(...head(), ...audio(9, ...transport('AA').filter((line) => line !== 'a=rtcp-mux')));
  expect(writeAnswer(parts(offer))).not.toMatch(/a=(mid|group|rtcp-mux)/);
  expect(writeRestartFragment(parts(offer))).not.toContain('a=mid');
});

test('a section for bundles only that is in none is not there', () => {
  expect(() =>
    parse(
      ...head('a=group:BUNDLE 0'),
      ...video(9, 'a=mid:0', ...transport('AA')),
      ...audio(0, 'a=mid:1', 'a=bundle-only'),
    ),
  ).toThrow(expect.objectContaining({ code: 'unsupported_sdp' }));
});
