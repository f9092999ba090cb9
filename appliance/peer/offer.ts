import * as sdp from 'sdp-transform';
import { UbizoError } from '../protocol/errors.ts';

/**
 * What the box needs of an SDP offer (RFC 8866, RFC 8829) before it hands it to the WebRTC library: one audio
 * section with Opus, ICE credentials and a DTLS fingerprint. Anything else is refused here, in words.
 */
export interface Offer {
  readonly sdp: string;
  readonly userFragment: string;
  readonly audioMid: string;
}

/** @throws UbizoError `bad_sdp` (not an offer at all) or `unsupported_sdp` (an offer the box cannot serve). */
export function parseOffer(text: string, { wants }: { wants: 'receive' | 'send' }): Offer {
  if (!/^v=0\r?\n/.test(text) || text.includes('\0')) {
    throw new UbizoError('bad_sdp', 'The body is not an SDP offer: it must start with "v=0".');
  }
  const parsed = parse(text);
  const audio = parsed.media.find((media) => media.type === 'audio' && media.port !== 0);
  if (!audio)
    throw new UbizoError('unsupported_sdp', 'The offer has no audio section; this box carries audio only.');
  if (!audio.rtp.some((codec) => codec.codec.toLowerCase() === 'opus')) {
    throw new UbizoError('unsupported_sdp', 'The offer has no Opus codec; the box speaks nothing else.');
  }
  const direction = audio.direction ?? parsed.direction ?? 'sendrecv';
  const allowed = wants === 'receive' ? ['recvonly', 'sendrecv'] : ['sendonly', 'sendrecv'];
  if (!allowed.includes(direction)) {
    throw new UbizoError(
      'unsupported_sdp',
      `The offer's audio is "${direction}"; it must be "${allowed[0] ?? ''}".`,
    );
  }
  const userFragment = audio.iceUfrag ?? parsed.iceUfrag;
  const password = audio.icePwd ?? parsed.icePwd;
  if (!userFragment || !password)
    throw new UbizoError('bad_sdp', 'The offer has no ICE credentials (a=ice-ufrag, a=ice-pwd).');
  if (!audio.fingerprint && !parsed.fingerprint) {
    throw new UbizoError('bad_sdp', 'The offer has no DTLS fingerprint (a=fingerprint).');
  }
  return { sdp: text, userFragment: userFragment, audioMid: audio.mid ?? '0' };
}

function parse(text: string): sdp.SessionDescription {
  try {
    const parsed = sdp.parse(text);
    if (!Array.isArray(parsed.media)) throw new TypeError('no media');
    return parsed;
  } catch (error) {
    throw new UbizoError('bad_sdp', 'The SDP offer could not be read.', { cause: error });
  }
}
