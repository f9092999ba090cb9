import type { OfferedSection } from './bundle.ts';
import type { Fingerprint } from './fingerprints.ts';
import type { Offer } from './offer.ts';

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
  /** No two answers' is the same (RFC 8866, 5.2), though their stream may be. */
  readonly session: number;
  readonly ssrc: number;
  /** Longest frame that will be sent, ms. */
  readonly maxPtime: number;
}

/**
 * The SDP answer (RFC 9429, 5.3): ICE-lite with host candidates only, so it is complete at once and nothing needs to
 * be trickled; DTLS server; one section with sound. Those that share its transport stand idle beside it: a browser whose
 * video was the first cannot do without that section (RFC 9143, 7.3.1). What was not offered is not answered: no bundle,
 * no name, and no header extension, each of which would cost airtime in every packet.
 */
export function writeAnswer(parts: AnswerParts): string {
  const { sections, tagged, bundled } = parts.offer;
  const ordered = [...sections.slice(tagged, tagged + 1), ...sections.filter((_, at) => at !== tagged)];
  const names = ordered.flatMap(({ use, mid }) => (use === 'refused' ? [] : (mid ?? [])));
  return [
    'v=0',
    `o=- ${parts.session} 1 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=ice-lite',
    ...(bundled ? [`a=group:BUNDLE ${names.join(' ')}`] : []),
    'a=msid-semantic: WMS *',
    ...sections.flatMap((section, at) =>
      section.use === 'refused'
        ? [
            `m=${section.type} 0 ${section.protocol} ${section.format}`,
            'c=IN IP4 0.0.0.0',
            ...nameLine(section),
            'a=inactive',
            // GStreamer looks for them here too, before it sees that nothing is carried.
            ...(bundled ? [] : transportLines(parts)),
          ]
        : [
            ...(section.use === 'sound' ? soundLines(parts, section) : idleLines(parts, section)),
            ...transportLines(parts),
            ...(at === tagged ? candidateLines(parts.addresses) : []),
          ],
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
  const tagged = offer.sections[offer.tagged];
  return [
    'a=ice-lite',
    ...iceLines(credentials),
    ...(tagged ? [mediaLine(tagged, addresses, tagged.format), ...nameLine(tagged)] : []),
    ...candidateLines(addresses),
    '',
  ].join('\r\n');
}

function soundLines({ offer, addresses, ssrc, maxPtime }: AnswerParts, section: OfferedSection): string[] {
  const sends = offer.wants === 'receive';
  const red = sends ? offer.red : undefined;
  const codecs = red === undefined ? `${offer.opus}` : `${red} ${offer.opus}`;
  return [
    mediaLine(section, addresses, codecs),
    connectionLine(addresses),
    ...nameLine(section),
    `a=${sends ? 'sendonly' : 'recvonly'}`,
    ...(red === undefined
      ? []
      : [`a=rtpmap:${red} red/48000/2`, `a=fmtp:${red} ${offer.opus}/${offer.opus}`]),
    `a=rtpmap:${offer.opus} opus/48000/2`,
    `a=fmtp:${offer.opus} minptime=10;useinbandfec=1`,
    ...(sends ? [`a=maxptime:${maxPtime}`, 'a=msid:ubizo sound', `a=ssrc:${ssrc} cname:ubizo`] : []),
  ];
}

/** Pictures and data have a place, and nothing in it. */
function idleLines({ addresses }: AnswerParts, section: OfferedSection): string[] {
  return [
    mediaLine(section, addresses, section.format),
    connectionLine(addresses),
    ...nameLine(section),
    'a=inactive',
    ...section.about.map((line) => `a=${line}`),
  ];
}

function mediaLine(
  { type, protocol }: OfferedSection,
  [first]: readonly MediaAddress[],
  formats: string,
): string {
  return `m=${type} ${first?.port ?? 9} ${protocol} ${formats}`;
}

function connectionLine([first]: readonly MediaAddress[]): string {
  return `c=IN ${first?.address.includes(':') ? 'IP6' : 'IP4'} ${first?.address ?? '0.0.0.0'}`;
}

function nameLine({ mid }: OfferedSection): string[] {
  return mid === undefined ? [] : [`a=mid:${mid}`];
}

/** The same in every section that is not refused: some players look for them in each. */
function transportLines({ offer, fingerprint, credentials }: AnswerParts): string[] {
  return [
    ...(offer.rtcpMux ? ['a=rtcp-mux'] : []),
    'a=setup:passive',
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    ...iceLines(credentials),
  ];
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
