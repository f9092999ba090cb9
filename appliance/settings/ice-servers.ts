import { isIP } from 'node:net';
import * as z from 'zod';

/** An address of a STUN or TURN server (RFC 7064, RFC 7065). */
export interface IceUrl {
  readonly kind: 'stun' | 'turn';
  /** TLS, over TCP. */
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
}

/** One server at one address, as it is set. With `secret`, credentials are made of it for each phone. */
export interface IceServerSetting {
  readonly url: string;
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
  readonly secret?: string | undefined;
}

/** Browsers grow slow with more. */
const MOST_SERVERS = 8;
const URL_FORM =
  /^(stuns?|turns?):(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;

/** @returns nothing when it is none. */
export function iceUrl(text: string): IceUrl | undefined {
  const [, scheme = '', bracketed = '', port, transport] = URL_FORM.exec(text) ?? [];
  const kind = scheme.toLowerCase().startsWith('turn') ? 'turn' : 'stun';
  const secure = scheme.toLowerCase().endsWith('s');
  const host = bracketed.replace(/^\[(.*)\]$/, '$1');
  const number = Number(port ?? (secure ? 5349 : 3478));
  if (host === '' || number < 1 || number > 65_535) return undefined;
  if (bracketed.startsWith('[') && isIP(host) !== 6) return undefined;
  // RFC 7064 knows no transport, and DTLS to a server is what no browser speaks.
  if (transport !== undefined && (kind === 'stun' || (secure && transport.toLowerCase() === 'udp')))
    return undefined;
  return {
    kind,
    secure,
    host,
    port: number,
    transport: secure || transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
  };
}

const FORM =
  'must be addresses such as stun:stun.example.org, separated by spaces, or a JSON list such as [{"urls":"turn:turn.example.org","secret":"…"}]';
const word = z
  .string(FORM)
  .regex(
    /^[\x21-\x7e]{1,512}$/,
    'a name or password must be 1 to 512 letters, digits and signs, without spaces',
  );
const address = z
  .string(FORM)
  .refine(
    (text) => iceUrl(text) !== undefined,
    'an address must be stun:HOST, stuns:HOST, turn:HOST or turns:HOST, with :PORT and ?transport=tcp where needed',
  );

const server = z
  .strictObject(
    {
      urls: z.union([address, z.array(address).min(1, FORM)], {
        error: ({ input }) => (typeof input === 'string' || Array.isArray(input) ? undefined : FORM),
      }),
      username: word.optional(),
      credential: word.optional(),
      secret: word.optional(),
    },
    'must have urls, and with turn: either username and credential, or secret; nothing else',
  )
  .refine(
    ({ username, credential, secret }) =>
      (username === undefined) === (credential === undefined) && !(secret && credential),
    'username and credential go together, and without a secret',
  )
  .refine(
    ({ urls, credential, secret }) =>
      credential !== undefined ||
      secret !== undefined ||
      [urls].flat().every((url) => iceUrl(url)?.kind !== 'turn'),
    'a turn: server needs a username and a credential, or a secret',
  );

/** In the file a JSON list; in the environment the same as text, or addresses alone. One entry for each address. */
export const iceServers = z
  .preprocess(listOf, z.array(server, FORM))
  .transform((list): IceServerSetting[] =>
    list.flatMap(({ urls, ...how }) => [urls].flat().map((url) => ({ url, ...how }))),
  )
  .refine((list) => list.length <= MOST_SERVERS, `must be at most ${MOST_SERVERS} addresses`);

function listOf(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  if (!given.trimStart().startsWith('['))
    return given
      .split(/[ ,]+/)
      .filter(Boolean)
      .map((urls) => ({ urls }));
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
