import { createHash } from 'node:crypto';
import { classes, Message, methods } from 'werift';
import type { IceUrl } from '../settings/ice-servers.ts';
import type { Credentials } from './credentials.ts';
import { Exchange } from './exchange.ts';

/** UDP, as RFC 8656, 18.6 writes it. */
const UDP = 17 << 24;
const UNAUTHENTICATED = 401;
const STALE_NONCE = 438;

/**
 * Does with a server what a phone would: asks a STUN server for the address it is seen by, and a TURN server for a
 * relayed one, which is given back at once.
 * @throws when that does not come about until the signal.
 */
export async function probe(
  server: IceUrl,
  credentials: Credentials | undefined,
  signal: AbortSignal,
): Promise<void> {
  const exchange = await Exchange.open(server, signal);
  try {
    if (server.kind === 'stun') await bind(exchange);
    else await allocate(exchange, credentials ?? { username: '', credential: '' });
  } finally {
    exchange.close();
  }
}

async function bind(exchange: Exchange): Promise<void> {
  const answer = await exchange.ask(new Message(methods.BINDING, classes.REQUEST));
  expect(answer, 'XOR-MAPPED-ADDRESS');
}

async function allocate(exchange: Exchange, credentials: Credentials): Promise<void> {
  let answer = await exchange.ask(allocation());
  let signed: Signed | undefined;
  // The first refusal says what to sign with; a server may then want a newer nonce (RFC 8656, 7.2).
  for (let again = 0; again < 2 && [UNAUTHENTICATED, STALE_NONCE].includes(codeOf(answer) ?? 0); again++) {
    signed = new Signed(answer, credentials);
    answer = await exchange.ask(signed.sign(allocation()), signed.key);
  }
  expect(answer, 'XOR-RELAYED-ADDRESS');
  const release = new Message(methods.REFRESH, classes.REQUEST).setAttribute('LIFETIME', 0);
  await exchange.ask(signed ? signed.sign(release) : release, signed?.key);
}

const allocation = (): Message =>
  new Message(methods.ALLOCATE, classes.REQUEST).setAttribute('REQUESTED-TRANSPORT', UDP);

/** Long-term credentials (RFC 8489, 9.2) in the realm that a server has named. */
class Signed {
  readonly key: Buffer;
  private readonly username: string;
  private readonly realm: string;
  private readonly nonce: unknown;

  constructor(refusal: Message, { username, credential }: Credentials) {
    this.username = username;
    this.realm = String(refusal.getAttributeValue('REALM'));
    this.nonce = refusal.getAttributeValue('NONCE');
    this.key = createHash('md5').update(`${username}:${this.realm}:${credential}`).digest();
  }

  sign(request: Message): Message {
    return request
      .setAttribute('USERNAME', this.username)
      .setAttribute('REALM', this.realm)
      .setAttribute('NONCE', this.nonce);
  }
}

function expect(answer: Message, attribute: 'XOR-MAPPED-ADDRESS' | 'XOR-RELAYED-ADDRESS'): void {
  if (answer.messageClass === classes.RESPONSE && answer.attributesKeys.includes(attribute)) return;
  throw new Error(`the server refuses (${codeOf(answer) ?? 'without an address'})`);
}

function codeOf(answer: Message): number | undefined {
  const error = answer.getAttributeValue('ERROR-CODE') as readonly [number, string] | undefined;
  return error?.[0];
}
