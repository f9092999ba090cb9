import type { Fingerprint, Offer } from './offer.ts';

/** ICE credentials (RFC 8839, 5.4). */
export interface IceCredentials {
  readonly userFragment: string;
  readonly password: string;
}

export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

export interface AnswerParts {
  readonly offer: Offer;
  readonly credentials: IceCredentials;
  readonly fingerprint: Fingerprint;
  readonly addresses: readonly MediaAddress[];
  readonly ssrc: number;
  /** Longest frame that will be sent, ms. */
  readonly maxPtime: number;
}

/**
 * The SDP answer (RFC 8829, 5.3): ICE-lite with host candidates only, so it is complete at once and nothing needs to
 * be trickled; DTLS server; the one audio section, every other one refused with port 0. No header extension is
 * agreed to, so none is sent: each would cost airtime in every packet and nothing here needs one.
 */
export function writeAnswer(parts: AnswerParts): string {
  const { offer } = parts;
  return [
    'v=0',
    `o=- ${parts.ssrc} 1 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${offer.audioMid}`,
    'a=msid-semantic: WMS *',
    ...offer.sections.flatMap(({ type, mid, protocol }) =>
      mid === offer.audioMid ? audioSection(parts, protocol) : refused(type, mid, protocol),
    ),
    '',
  ].join('\r\n');
}

/** The fragment that answers an ICE restart (RFC 9725, 4.3.2): the box's new credentials and its candidates. */
export function writeRestartFragment({
  offer,
  credentials,
  addresses,
}: Pick<AnswerParts, 'offer' | 'credentials' | 'addresses'>): string {
  return [
    'a=ice-lite',
    ...iceLines(credentials),
    `m=audio ${addresses[0]?.port ?? 9} UDP/TLS/RTP/SAVPF ${offer.opus}`,
    `a=mid:${offer.audioMid}`,
    ...candidateLines(addresses),
    '',
  ].join('\r\n');
}

function audioSection(parts: AnswerParts, protocol: string): string[] {
  const { offer, addresses, fingerprint, ssrc, maxPtime } = parts;
  const [first] = addresses;
  const sends = offer.wants === 'receive';
  const red = sends ? offer.red : undefined;
  const codecs = red === undefined ? `${offer.opus}` : `${red} ${offer.opus}`;
  return [
    `m=audio ${first?.port ?? 9} ${protocol} ${codecs}`,
    `c=IN ${first?.address.includes(':') ? 'IP6' : 'IP4'} ${first?.address ?? '0.0.0.0'}`,
    `a=mid:${offer.audioMid}`,
    `a=${sends ? 'sendonly' : 'recvonly'}`,
    'a=rtcp-mux',
    ...(red === undefined
      ? []
      : [`a=rtpmap:${red} red/48000/2`, `a=fmtp:${red} ${offer.opus}/${offer.opus}`]),
    `a=rtpmap:${offer.opus} opus/48000/2`,
    `a=fmtp:${offer.opus} minptime=10;useinbandfec=1`,
    ...(sends ? [`a=maxptime:${maxPtime}`, 'a=msid:ubizo sound', `a=ssrc:${ssrc} cname:ubizo`] : []),
    'a=setup:passive',
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    ...iceLines(parts.credentials),
    ...candidateLines(addresses),
  ];
}

function refused(type: string, mid: string, protocol: string): string[] {
  return [`m=${type} 0 ${protocol} 0`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`, 'a=inactive'];
}

function iceLines({ userFragment, password }: IceCredentials): string[] {
  return [`a=ice-ufrag:${userFragment}`, `a=ice-pwd:${password}`];
}

/** RFC 8839, 5.1; priority by RFC 8445, 5.1.2.1: host type 126, in the order given, component 1. */
function candidateLines(addresses: readonly MediaAddress[]): string[] {
  return [
    ...addresses.map(
      ({ address, port }, index) =>
        `a=candidate:${index + 1} 1 udp ${126 * 2 ** 24 + (65_535 - index) * 256 + 255} ${address} ${port} typ host`,
    ),
    'a=end-of-candidates',
  ];
}
