import { expect, test } from 'vitest';
import { parseIceFragment } from '../../appliance/peer/ice-fragment.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';

const AUDIO = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  'c=IN IP4 0.0.0.0',
  'a=mid:sound',
  'a=recvonly',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:0123456789012345678901',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=setup:actpass',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:63 red/48000/2',
];
const VIDEO = AUDIO.map((line) =>
  line.replace('m=audio', 'm=video').replace('opus/48000/2', 'VP8/90000').replace('mid:sound', 'mid:picture'),
);

const offer = (...media: string[]): string =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', ...media, ''].join('\r\n');
const without = (start: string): string => offer(...AUDIO.filter((line) => !line.startsWith(start)));
const instead = (line: string, other: string): string =>
  offer(...AUDIO.map((each) => (each === line ? other : each)));

test('an offer of a browser is taken, also with video beside it', () => {
  expect(parseOffer(offer(...AUDIO), { wants: 'receive' })).toMatchObject({
    userFragment: 'abcd',
    sections: [{ mid: 'sound', use: 'sound' }],
  });
  expect(parseOffer(offer(...VIDEO, ...AUDIO), { wants: 'receive' }).sections).toMatchObject([
    { mid: 'picture', use: 'refused' },
    { mid: 'sound', use: 'sound' },
  ]);
  const session = offer(
    ...AUDIO.filter((line) => line.startsWith('a=ice') || line.startsWith('a=fingerprint')),
    ...AUDIO.filter((line) => !line.startsWith('a=ice') && !line.startsWith('a=fingerprint')),
  );
  expect(parseOffer(session, { wants: 'receive' }).userFragment, 'said once for all').toBe('abcd');
});

test.each([
  ['garbage', 'hello', 'bad_sdp'],
  ['nothing', '', 'bad_sdp'],
  ['JSON', '{"type":"offer"}', 'bad_sdp'],
  ['a zero byte', `${offer(...AUDIO)}\0`, 'bad_sdp'],
  ['no ICE user', without('a=ice-ufrag'), 'bad_sdp'],
  ['no ICE password', without('a=ice-pwd'), 'bad_sdp'],
  ['no fingerprint', without('a=fingerprint'), 'bad_sdp'],
  ['no section', offer(), 'unsupported_sdp'],
  ['video only', offer(...VIDEO), 'unsupported_sdp'],
  ['no Opus', instead('a=rtpmap:111 opus/48000/2', 'a=rtpmap:111 PCMU/8000'), 'unsupported_sdp'],
  ['audio switched off', instead(AUDIO[0] ?? '', 'm=audio 0 UDP/TLS/RTP/SAVPF 111'), 'unsupported_sdp'],
  ['who wants to send', instead('a=recvonly', 'a=sendonly'), 'unsupported_sdp'],
  ['two sections of one name', offer(...AUDIO, ...AUDIO), 'bad_sdp'],
  [
    'a fingerprint that proves nothing',
    instead(AUDIO[6] ?? '', 'a=fingerprint:sha-1 11:22'),
    'unsupported_sdp',
  ],
  ['a number for a fingerprint', instead(AUDIO[6] ?? '', 'a=fingerprint:1 2'), 'bad_sdp'],
  ['a number for a codec', instead('a=rtpmap:111 opus/48000/2', 'a=rtpmap:111 7/48000'), 'unsupported_sdp'],
  [
    'Opus by an impossible number',
    instead('a=rtpmap:111 opus/48000/2', 'a=rtpmap:200 opus/48000/2'),
    'unsupported_sdp',
  ],
  [
    'Opus by a number of RTCP’s',
    instead('a=rtpmap:111 opus/48000/2', 'a=rtpmap:72 opus/48000/2'),
    'unsupported_sdp',
  ],
  ['who wants nothing', instead('a=recvonly', 'a=inactive'), 'unsupported_sdp'],
])('an offer with %s is refused in words', (_, text, code) => {
  expect(() => parseOffer(text, { wants: 'receive' })).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(/\.$/) }),
  );
});

const red = (inside: string): number | undefined =>
  parseOffer(offer(...AUDIO, `a=fmtp:63 ${inside}`), { wants: 'receive' }).red;

const fingerprint = (hash: string, bytes: number, byte: string): string =>
  `a=fingerprint:${hash} ${Array.from({ length: bytes }, () => byte).join(':')}`;
const SHA1 = fingerprint('sha-1', 20, '11');

test.each([
  ['SHA-1 behind SHA-256', [fingerprint('sha-256', 32, 'AB'), SHA1], ['sha-256 AB']],
  ['SHA-1 before it', [SHA1, fingerprint('SHA-256', 32, 'ab')], ['sha-256 AB']],
  [
    'one for each of two certificates, by two hashes',
    [
      fingerprint('sha-512', 64, '01'),
      fingerprint('sha-512', 64, '02'),
      fingerprint('sha-256', 32, '03'),
      fingerprint('sha-256', 32, '04'),
    ],
    ['sha-256 03', 'sha-256 04'],
  ],
  ['SHA-384 alone', [SHA1, fingerprint('sha-384', 48, '05')], ['sha-384 05']],
  [
    'one that is cut off',
    [fingerprint('sha-256', 31, '06'), fingerprint('sha-512', 64, '07')],
    ['sha-512 07'],
  ],
])('of several fingerprints those count that can be checked: %s', (_, lines, expected) => {
  const text = offer(...AUDIO.flatMap((line) => (line.startsWith('a=fingerprint') ? lines : [line])));
  const { fingerprints } = parseOffer(text, { wants: 'receive' });
  expect(fingerprints.map(({ algorithm, value }) => `${algorithm} ${value.slice(0, 2)}`)).toEqual(expected);
});

test('what a section says of its fingerprint stands in the place of what is said of all', () => {
  const text = offer(fingerprint('sha-256', 32, '01'), ...AUDIO);
  expect(parseOffer(text, { wants: 'receive' }).fingerprints[0]?.value).toMatch(/^AB/);
});

test('redundancy is taken only around this very Opus', () => {
  expect(red('111/111')).toBe(63);
  expect(red('111')).toBe(63);
  expect(red('0/0')).toBeUndefined();
});

test('a microphone must send', () => {
  expect(() => parseOffer(offer(...AUDIO), { wants: 'send' })).toThrow(
    expect.objectContaining({ code: 'unsupported_sdp' }),
  );
  parseOffer(instead('a=recvonly', 'a=sendonly'), { wants: 'send' });
  parseOffer(without('a=recvonly'), { wants: 'send' });
});

test('a fragment holds candidates, new credentials, or the end of candidates', () => {
  const text =
    'a=ice-ufrag:wxyz\r\na=ice-pwd:0123456789012345678901\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n';
  expect(parseIceFragment(text)).toEqual({
    userFragment: 'wxyz',
    password: '0123456789012345678901',
    candidates: ['candidate:1 1 udp 1 10.0.0.1 9 typ host'],
  });
  expect(parseIceFragment('a=end-of-candidates')).toEqual({ candidates: [] });
});

test.each([
  ['nothing', ''],
  ['half of the credentials', 'a=ice-ufrag:wxyz\r\n'],
  ['a password that is too short', 'a=ice-ufrag:wxyz\r\na=ice-pwd:secret\r\n'],
  ['a user fragment that is none', 'a=ice-ufrag:wx-z\r\na=ice-pwd:0123456789012345678901\r\n'],
  ['too many candidates', 'a=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n'.repeat(33)],
])('a fragment with %s is refused', (_, text) => {
  expect(() => parseIceFragment(text)).toThrow(expect.objectContaining({ code: 'bad_sdp' }));
});
