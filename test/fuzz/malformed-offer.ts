import * as fc from 'fast-check';

const ICE = ['a=ice-ufrag:pX6k', 'a=ice-pwd:Cc1GZRGhuZKjNIVcEFUeE4Ud', 'a=ice-options:trickle'];
const FINGERPRINT = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, i) => (i + 160).toString(16)).join(':')}`;
const SESSION = ['v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0'];

const CHROMIUM = [
  ...SESSION,
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  ...ICE,
  FINGERPRINT,
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=recvonly',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'a=rtpmap:0 PCMU/8000',
];

const FIREFOX = [
  ...SESSION,
  FINGERPRINT,
  'a=ice-options:trickle',
  'm=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101',
  'c=IN IP4 0.0.0.0',
  'a=recvonly',
  'a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1',
  ...ICE,
  'a=mid:0',
  'a=rtcp-mux',
  'a=rtpmap:109 opus/48000/2',
  'a=setup:actpass',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=sctp-port:5000',
];

const VALUES = [
  '',
  ' ',
  '0',
  '-1',
  '111',
  '128',
  '255',
  '99999999999999999999',
  '1e309',
  '0x10',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  'toString',
  '111/111/111',
  'red/48000/2',
  'opus/48000/2',
  '../../etc/passwd',
  '\u0000',
  '\u2028',
  '😀'.repeat(40),
  'x'.repeat(3_000),
  'a b c d e f g h',
  ':::::',
  '\r',
];

const KEYS = [
  'a=rtpmap:',
  'a=fmtp:',
  'a=fingerprint:',
  'a=ice-ufrag:',
  'a=ice-pwd:',
  'a=mid:',
  'a=setup:',
  'a=group:',
  'a=candidate:',
  'a=ssrc:',
  'a=',
  'm=audio ',
  'm=video ',
  'm=',
  'c=',
  'v=',
  'b=AS:',
  'z=',
  '',
];

type Change = (lines: string[], at: number) => void;

const replace = (pattern: RegExp, value: string): Change => {
  return (lines, at) => {
    lines[at] = (lines[at] ?? '').replace(pattern, () => value);
  };
};

const value = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.nat().map(String),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((lines, at) => lines.splice(at, 1)),
  fc.constant<Change>((lines, at) => lines.splice(at, 0, lines[at] ?? '')),
  fc.constant<Change>((lines, at) => lines.splice(0, 0, ...lines.splice(at))),
  // What stands behind the colon, each word, each number.
  value.map((value) => replace(/(?<=:).*/, value)),
  value.map((value) => replace(/\S+(?=\s|$)/, value)),
  value.map((value) => replace(/\d+/, value)),
  fc.tuple(fc.constantFrom(...KEYS), value).map(
    ([key, value]): Change =>
      (lines, at) =>
        lines.splice(at, 0, key + value),
  ),
  fc.nat(200).map((length) => replace(/.*/s, 'a=mid:x'.padEnd(length, 'y'))),
);

/** A browser's offer after one to six accidents. */
const damaged: fc.Arbitrary<string> = fc
  .record({
    lines: fc.constantFrom(CHROMIUM, FIREFOX),
    changes: fc.array(fc.tuple(change, fc.nat(1_000)), { minLength: 1, maxLength: 6 }),
    end: fc.constantFrom('\r\n', '\n', '\r', '\n\n'),
    length: fc.oneof(
      { weight: 4, arbitrary: fc.constant(Infinity) },
      { weight: 1, arbitrary: fc.nat(1_500) },
    ),
  })
  .map(({ lines, changes, end, length }) => {
    const copy = [...lines];
    for (const [apply, at] of changes) apply(copy, at % Math.max(1, copy.length));
    return `${copy.join(end)}${end}`.slice(0, length);
  });

export const malformedOffer: fc.Arbitrary<string> = fc.oneof(
  { weight: 18, arbitrary: damaged },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
  { weight: 1, arbitrary: fc.array(value).map((lines) => ['v=0', ...lines].join('\r\n')) },
);
