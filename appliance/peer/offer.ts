import * as sdp from 'sdp-transform';
import { REDUNDANT_OPUS_TYPE } from '../protocol/media.ts';
import { UbizoError } from '../protocol/errors.ts';

export interface Fingerprint {
  /** As in SDP: `sha-256`. */
  readonly algorithm: string;
  readonly value: string;
}

/**
 * What the box needs of an SDP offer (RFC 8866, RFC 8829): one audio section with Opus, ICE credentials and a DTLS
 * fingerprint. Anything else is refused here, in words. Plain data: it travels to the shard that answers it.
 */
export interface Offer {
  readonly userFragment: string;
  readonly password: string;
  readonly fingerprints: readonly Fingerprint[];
  /** What the other side wants: to hear (`receive`) or to be heard (`send`). */
  readonly wants: 'receive' | 'send';
  readonly audioMid: string;
  /** Every section of the offer in its order: the answer must have as many. */
  readonly sections: readonly { readonly type: string; readonly mid: string; readonly protocol: string }[];
  /** Payload types, as the offer numbers them. `red`: RFC 2198 around this very Opus, when its number is the usual. */
  readonly opus: number;
  readonly red?: number;
}

type Section = sdp.SessionDescription['media'][number];

const MAX_SECTIONS = 8;
/** RFC 8866, 9, with a bound. */
const TOKEN = /^[!-~]{1,64}$/;
/** RFC 8839, 5.4. */
const USER_FRAGMENT = /^[A-Za-z0-9+/]{4,256}$/;
const PASSWORD = /^[A-Za-z0-9+/]{22,256}$/;
/** RFC 8122, 5. */
const FINGERPRINT = /^[0-9A-F]{2}(:[0-9A-F]{2}){0,63}$/;

/** @throws UbizoError `bad_sdp` (not an offer at all) or `unsupported_sdp` (an offer the box cannot serve). */
export function parseOffer(text: string, { wants }: { wants: 'receive' | 'send' }): Offer {
  if (!/^v=0\r?\n/.test(text) || text.includes('\0')) {
    throw new UbizoError('bad_sdp', 'The body is not an SDP offer: it must start with "v=0".');
  }
  const parsed = parse(text);
  const audio = parsed.media.find((media) => media.type === 'audio' && media.port !== 0);
  if (!audio) throw unsupported('The offer has no audio section; this box carries audio only.');
  const opus = audio.rtp.find((codec) => isCodec(codec, 'opus'))?.payload;
  if (opus === undefined) throw unsupported('The offer has no Opus codec; the box speaks nothing else.');
  checkDirection(audio.direction ?? parsed.direction ?? 'sendrecv', wants);
  const userFragment = asText(audio.iceUfrag ?? parsed.iceUfrag);
  const password = asText(audio.icePwd ?? parsed.icePwd);
  if (!USER_FRAGMENT.test(userFragment) || !PASSWORD.test(password))
    throw new UbizoError('bad_sdp', 'The offer has no ICE credentials (a=ice-ufrag, a=ice-pwd).');
  const fingerprint = audio.fingerprint ?? parsed.fingerprint;
  const algorithm = asText(fingerprint?.type).toLowerCase();
  const value = asText(fingerprint?.hash).toUpperCase();
  if (!TOKEN.test(algorithm) || !FINGERPRINT.test(value))
    throw new UbizoError('bad_sdp', 'The offer has no DTLS fingerprint (a=fingerprint).');
  if ((audio.setup ?? parsed.setup) === 'passive')
    throw unsupported('The offer is "setup:passive"; it must be "setup:actpass" or "setup:active".');
  const red = redAround(audio, opus);
  const sections = parsed.media.map((media, index) => ({
    type: token(media.type),
    mid: token(media.mid ?? index),
    protocol: token(media.protocol),
  }));
  if (new Set(sections.map(({ mid }) => mid)).size < sections.length)
    throw new UbizoError('bad_sdp', 'Two sections of the offer have the same name (a=mid).');
  return {
    userFragment,
    password,
    fingerprints: [{ algorithm, value }],
    wants,
    audioMid: sections[parsed.media.indexOf(audio)]?.mid ?? '',
    sections,
    opus,
    ...(red !== undefined && { red }),
  };
}

/** RFC 2198 with this Opus inside, twice or more (`a=fmtp:63 111/111`). */
function redAround(audio: Section, opus: number): number | undefined {
  if (opus !== REDUNDANT_OPUS_TYPE) return undefined;
  return audio.rtp.find((codec) => {
    if (!isCodec(codec, 'red')) return false;
    const inside = audio.fmtp.find(({ payload }) => payload === codec.payload)?.config;
    return (
      inside === undefined ||
      asText(inside)
        .split('/')
        .every((each) => each.trim() === String(opus))
    );
  })?.payload;
}

/** At 48 kHz, and under a number that is one and does not look like RTCP beside it (RFC 5761, 4). */
function isCodec({ codec, rate, payload }: Section['rtp'][number], name: string): boolean {
  return (
    asText(codec).toLowerCase() === name &&
    rate === 48_000 &&
    Number.isInteger(payload) &&
    payload <= 127 &&
    (payload < 64 || payload > 95)
  );
}

function checkDirection(direction: string, wants: Offer['wants']): void {
  const allowed = wants === 'receive' ? ['recvonly', 'sendrecv'] : ['sendonly', 'sendrecv'];
  if (!allowed.includes(direction))
    throw unsupported(`The offer's audio is "${direction}"; it must be "${allowed[0] ?? ''}".`);
}

/** @throws UbizoError `bad_sdp`. */
function token(value: unknown): string {
  const text = asText(value);
  if (!TOKEN.test(text)) throw new UbizoError('bad_sdp', 'A section of the SDP offer could not be read.');
  return text;
}

/** The parser makes numbers of what looks like one. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function unsupported(message: string): UbizoError {
  return new UbizoError('unsupported_sdp', message);
}

function parse(text: string): sdp.SessionDescription {
  try {
    const parsed = sdp.parse(text);
    if (!Array.isArray(parsed.media) || parsed.media.length > MAX_SECTIONS) throw new TypeError('media');
    return parsed;
  } catch (error) {
    throw new UbizoError('bad_sdp', 'The SDP offer could not be read.', { cause: error });
  }
}
