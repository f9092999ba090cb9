import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { IceCredentials } from './answer.ts';
import type { Remote } from './remote.ts';
import { type BindingRequest, isProven, respondTo } from './stun.ts';

/**
 * One phone's ICE, seen from a lite agent with host candidates (RFC 8445, 2.5 and 7.3): it answers checks and sends
 * none. A check counts only when its MESSAGE-INTEGRITY proves that the phone knows the password from the answer;
 * the path that the phone nominated last is the one that is used, so a phone that roams takes its sound with it.
 */
export class IceLite {
  selected: Remote | undefined;
  private current = new Credentials();
  private before: Credentials | undefined;
  /** A path has been proven with the current credentials. */
  private chosen = false;

  /** Each restart makes another (RFC 9725, 4.3.1). */
  get session(): string {
    return this.current.userFragment;
  }

  get local(): IceCredentials {
    return this.current;
  }

  /** Names under which checks for this phone arrive: the new one, and for a while the one before a restart. */
  get userFragments(): readonly string[] {
    return this.before ? [this.current.userFragment, this.before.userFragment] : [this.current.userFragment];
  }

  /** ICE restart (RFC 8445, 9): the old path serves until the new credentials are used. */
  restart(): void {
    this.before = this.current;
    this.current = new Credentials();
    this.chosen = false;
  }

  /** @returns the response to send back, or nothing: a check that proves nothing is not answered. */
  check(datagram: Buffer, request: BindingRequest, from: Remote): Buffer | undefined {
    const used = request.addressee === this.before?.userFragment ? this.before : this.current;
    if (!isProven(datagram, request, used.key)) return undefined;
    const conflict = request.conflicts;
    if (!conflict) this.choose(used === this.current, request.nominates, from);
    return respondTo(datagram, { from, key: used.key, conflict });
  }

  /**
   * Some players send media or DTLS before they nominate, and some hold on to a path that is gone: in each session the
   * first path that was proven serves (RFC 8445, 12.1), and until then the phone is followed on the old one.
   */
  private choose(current: boolean, nominates: boolean, from: Remote): void {
    if (!current && this.chosen) return;
    if (nominates || !this.selected || (current && !this.chosen)) this.selected = from;
    this.chosen ||= current;
  }
}

/** RFC 8445, 5.3: 24 bits of name and 128 bits of password at least; base64 without its tail is all ice-chars. */
class Credentials implements IceCredentials {
  readonly userFragment = randomBytes(6).toString('base64');
  readonly password = randomBytes(18).toString('base64');
  readonly key: KeyObject = createSecretKey(Buffer.from(this.password));
}
