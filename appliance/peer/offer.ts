import * as sdp from 'sdp-transform';
import { REDUNDANT_OPUS_TYPE } from '../protocol/media.ts';
import { UbizoError } from '../protocol/errors.ts';
import { asText, bundleOf, type OfferedSection, sectionsOf, taggedOf } from './bundle.ts';
import { areCredentials } from './ice-credentials.ts';
import { checkable, type Fingerprint, fingerprintsIn } from './fingerprints.ts';

/**
 * What the box needs of an SDP offer (RFC 8866, RFC 9429): one audio section with Opus, and a transport with ICE
 * credentials and a DTLS fingerprint. Anything else is refused here, in words. Plain data: it travels to the shard that
 * answers it.
 */
export interface Offer {
  readonly userFragment: string;
  readonly password: string;
  /** By one hash; the certificate must have one of them. */
  readonly fingerprints: readonly Fingerprint[];
  /** What the other side wants: to hear (`receive`) or to be heard (`send`). */
  readonly wants: 'receive' | 'send';
  /** Every section of the offer in its order: the answer must have as many. */
  readonly sections: readonly OfferedSection[];
  /** Which of them has the transport. */
  readonly tagged: number;
  /** The sound's section was offered in a bundle (RFC 9143). */
  readonly bundled: boolean;
  /** RTCP may share the port (RFC 5761). */
  readonly rtcpMux: boolean;
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
  const chosen = soundOf(parsed);
  if (!chosen) throw unsupported('The offer has no audio section; this box carries audio only.');
  const { audio, bundle, tagged } = chosen;
  const opus = audio.rtp.find((codec) => isCodec(codec, 'opus'))?.payload;
  if (opus === undefined) throw unsupported('The offer has no Opus codec; the box speaks nothing else.');
  checkDirection(audio.direction ?? parsed.direction ?? 'sendrecv', wants);
  const userFragment = asText(tagged.iceUfrag ?? parsed.iceUfrag);
  const password = asText(tagged.icePwd ?? parsed.icePwd);
  if (!areCredentials(userFragment, password))
    throw new UbizoError('bad_sdp', 'The offer has no ICE credentials (a=ice-ufrag, a=ice-pwd).');
  const place = parsed.media.indexOf(tagged);
  const [ofSession = [], ...ofSections] = fingerprintsIn(text);
  const own = ofSections[place] ?? [];
  if ((tagged.setup ?? parsed.setup) === 'passive')
    throw unsupported('The offer is "setup:passive"; it must be "setup:actpass" or "setup:active".');
  const red = redAround(audio, opus);
  return {
    userFragment,
    password,
    // RFC 8122, 5: what a section says of itself stands in the place of what is said of all.
    fingerprints: checkable(own.length > 0 ? own : ofSession),
    wants,
    sections: sectionsOf(parsed.media, { sound: audio, tagged, bundle }),
    tagged: place,
    bundled: bundle !== undefined,
    rtcpMux: (tagged.rtcpMux ?? audio.rtcpMux) !== undefined,
    opus,
    ...(red !== undefined && { red }),
  };
}

interface Sound {
  readonly audio: Section;
  readonly bundle: readonly Section[] | undefined;
  readonly tagged: Section;
}

/** The first audio section that is not switched off, with what carries it. */
function soundOf(parsed: sdp.SessionDescription): Sound | undefined {
  for (const audio of parsed.media) {
    if (audio.type !== 'audio') continue;
    const bundle = bundleOf(parsed, audio);
    const tagged = taggedOf(audio, bundle);
    if (tagged) return { audio, bundle, tagged };
  }
  return undefined;
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
