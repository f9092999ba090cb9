import { randomBytes } from 'node:crypto';
import { classes, Message, methods, parseMessage } from 'werift';
import type { IceCredentials } from './answer.ts';

/** Where a phone's packets come from. */
export interface Remote {
  readonly address: string;
  readonly port: number;
}

/** The local half of USERNAME in a binding request (RFC 8445, 7.2.2), or nothing when it is none. */
export function addresseeOf(datagram: Buffer): string | undefined {
  const message = parseMessage(datagram);
  if (message?.messageMethod !== methods.BINDING || message.messageClass !== classes.REQUEST)
    return undefined;
  const username: unknown = message.getAttributeValue('USERNAME');
  if (typeof username !== 'string') return undefined;
  return username.split(':', 1)[0];
}

/**
 * One phone's ICE, seen from a lite agent with host candidates (RFC 8445, 2.5 and 7.3): it answers checks and sends
 * none. A check counts only when its MESSAGE-INTEGRITY proves that the phone knows the password from the answer;
 * the path that the phone nominated last is the one that is used, so a phone that roams takes its sound with it.
 */
export class IceLite {
  local = newCredentials();
  selected: Remote | undefined;
  private before: IceCredentials | undefined;

  /** Names under which checks for this phone arrive: the new one, and for a while the one before a restart. */
  get userFragments(): readonly string[] {
    return this.before ? [this.local.userFragment, this.before.userFragment] : [this.local.userFragment];
  }

  /** ICE restart (RFC 8445, 9): the old path serves until the new credentials are used. */
  restart(): void {
    this.before = this.local;
    this.local = newCredentials();
  }

  /** @returns the response to send back, or nothing: a check that proves nothing is not answered. */
  check(datagram: Buffer, from: Remote): Buffer | undefined {
    const current = parseMessage(datagram, Buffer.from(this.local.password));
    const request =
      current ?? (this.before ? parseMessage(datagram, Buffer.from(this.before.password)) : undefined);
    if (!request) return undefined;
    const { password } = current ? this.local : (this.before ?? this.local);
    const roles = request.attributesKeys;
    if (roles.includes('ICE-CONTROLLED')) return respond(request, from, password, true);
    if (current || !this.selected) {
      if (roles.includes('USE-CANDIDATE')) this.selected = from;
      // Some players send media or DTLS before they nominate; the first path that was proven serves them.
      this.selected ??= from;
    }
    return respond(request, from, password, false);
  }
}

function respond(request: Message, from: Remote, password: string, conflict: boolean): Buffer {
  const response = new Message(
    methods.BINDING,
    conflict ? classes.ERROR : classes.RESPONSE,
    request.transactionId,
  );
  if (conflict) response.setAttribute('ERROR-CODE', [487, 'Role Conflict']);
  else response.setAttribute('XOR-MAPPED-ADDRESS', [from.address, from.port]);
  return response.addMessageIntegrity(Buffer.from(password)).addFingerprint().bytes;
}

/** RFC 8445, 5.3: 24 bits of name and 128 bits of password at least; base64 without its tail is all ice-chars. */
function newCredentials(): IceCredentials {
  return {
    userFragment: randomBytes(6).toString('base64'),
    password: randomBytes(18).toString('base64'),
  };
}
