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

/** @throws UbizoError `bad_sdp` (not an offer at all) or `unsupported_sdp` (an offer the box cannot serve). */
export function parseOffer(text: string, { wants }: { wants: 'receive' | 'send' }): Offer {
  if (!/^v=0\r?\n/.test(text) || text.includes('\0')) {
    throw new UbizoError('bad_sdp', 'The body is not an SDP offer: it must start with "v=0".');
  }
  const parsed = parse(text);
  const audio = parsed.media.find((media) => media.type === 'audio' && media.port !== 0);
  if (!audio) throw unsupported('The offer has no audio section; this box carries audio only.');
  const opus = audio.rtp.find(
    ({ codec, rate }) => codec.toLowerCase() === 'opus' && rate === 48_000,
  )?.payload;
  if (opus === undefined) throw unsupported('The offer has no Opus codec; the box speaks nothing else.');
  checkDirection(audio.direction ?? parsed.direction ?? 'sendrecv', wants);
  const userFragment = asText(audio.iceUfrag ?? parsed.iceUfrag);
  const password = asText(audio.icePwd ?? parsed.icePwd);
  if (!userFragment || !password)
    throw new UbizoError('bad_sdp', 'The offer has no ICE credentials (a=ice-ufrag, a=ice-pwd).');
  const fingerprint = audio.fingerprint ?? parsed.fingerprint;
  if (!fingerprint?.hash)
    throw new UbizoError('bad_sdp', 'The offer has no DTLS fingerprint (a=fingerprint).');
  if ((audio.setup ?? parsed.setup) === 'passive')
    throw unsupported('The offer is "setup:passive"; it must be "setup:actpass" or "setup:active".');
  const red = redAround(audio, opus);
  return {
    userFragment,
    password,
    fingerprints: [{ algorithm: fingerprint.type.toLowerCase(), value: fingerprint.hash.toUpperCase() }],
    wants,
    audioMid: midOf(audio, parsed.media.indexOf(audio)),
    sections: parsed.media.map((media, index) => ({
      type: media.type,
      mid: midOf(media, index),
      protocol: media.protocol,
    })),
    opus,
    ...(red !== undefined && { red }),
  };
}

/** RFC 2198 with this Opus inside, twice or more (`a=fmtp:63 111/111`). */
function redAround(audio: Section, opus: number): number | undefined {
  if (opus !== REDUNDANT_OPUS_TYPE) return undefined;
  return audio.rtp.find(({ codec, payload, rate }) => {
    if (codec.toLowerCase() !== 'red' || rate !== 48_000) return false;
    const inside = audio.fmtp.find((fmtp) => fmtp.payload === payload)?.config;
    return inside === undefined || inside.split('/').every((each) => each.trim() === String(opus));
  })?.payload;
}

function checkDirection(direction: string, wants: Offer['wants']): void {
  const allowed = wants === 'receive' ? ['recvonly', 'sendrecv'] : ['sendonly', 'sendrecv'];
  if (!allowed.includes(direction))
    throw unsupported(`The offer's audio is "${direction}"; it must be "${allowed[0] ?? ''}".`);
}

const midOf = (media: Section, index: number): string => asText(media.mid) ?? String(index);

/** The parser makes numbers of what looks like one. */
function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
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
