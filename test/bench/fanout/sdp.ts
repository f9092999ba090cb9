import * as sdp from 'sdp-transform';

/** What a listener needs of the server's description. */
export interface RemoteDescription {
  readonly userFragment: string;
  readonly password: string;
  readonly address: string;
  readonly port: number;
  readonly mid: string;
  readonly opus: number;
}

export interface LocalDescription {
  readonly userFragment: string;
  readonly password: string;
  readonly fingerprint: string;
  readonly port: number;
  /** Redundant payloads (RFC 2198) are asked for. */
  readonly red: boolean;
}

/** Browsers' own numbers. */
export const OPUS = 111;
export const RED = 63;

/** @throws when a part is missing. */
export function readDescription(text: string): RemoteDescription {
  const parsed = sdp.parse(text);
  const audio = parsed.media.find(({ type, port }) => type === 'audio' && port !== 0);
  const candidate = audio?.candidates?.find(
    ({ transport, ip }) => transport.toLowerCase() === 'udp' && !ip.includes(':'),
  );
  const opus = audio?.rtp.find(({ codec }) => codec.toLowerCase() === 'opus')?.payload;
  const userFragment = audio?.iceUfrag ?? parsed.iceUfrag;
  const password = audio?.icePwd ?? parsed.icePwd;
  if (!candidate || opus === undefined || !userFragment || !password)
    throw new Error(`The server's description cannot be used:\n${text}`);
  const { ip: address, port } = candidate;
  return {
    userFragment: asText(userFragment),
    password: asText(password),
    address,
    port,
    mid: asText(audio?.mid ?? 0),
    opus,
  };
}

/** The parser makes numbers of what looks like one. */
function asText(value: unknown): string {
  return String(value);
}

/** An offer to hear one Opus stream; given the other side's offer, the answer to it. Either way the DTLS client. */
export function writeDescription(local: LocalDescription, remote?: RemoteDescription): string {
  const { userFragment, password, fingerprint, port, red } = local;
  const { mid = '0', opus = OPUS } = remote ?? {};
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mid}`,
    `m=audio ${port} UDP/TLS/RTP/SAVPF ${opus}${red ? ` ${RED}` : ''}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    'a=recvonly',
    'a=rtcp-mux',
    `a=rtpmap:${opus} opus/48000/2`,
    `a=fmtp:${opus} minptime=10;useinbandfec=1`,
    ...(red ? [`a=rtpmap:${RED} red/48000/2`, `a=fmtp:${RED} ${opus}/${opus}`] : []),
    'a=setup:active',
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=ice-ufrag:${userFragment}`,
    `a=ice-pwd:${password}`,
    `a=candidate:1 1 udp 2130706431 127.0.0.1 ${port} typ host`,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
