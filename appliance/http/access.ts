import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Account, Accounts, Role } from '../account/accounts.ts';
import type { PublisherPass, PublishingTokens } from '../account/publishing-tokens.ts';
import type { Sessions } from '../account/sessions.ts';
import type { AttendeePass, Tokens } from '../account/tokens.ts';
import { type Problem, UbizoError } from '../protocol/errors.ts';
import type { TourRecord } from '../tour/record.ts';
import { takeOne } from './address-limits.ts';
import { bearerOf } from './bearer.ts';
import { cookieOf } from './cookies.ts';

/** Who has signed in. Without an account: by the setup code, on a box that nobody has claimed yet. */
export interface SignedIn {
  readonly role: Role;
  readonly account?: Account;
  readonly session?: string;
}

/** Who may be a tour's microphone: who guides it, or an encoder with the tour's publishing token. */
export type Speaker = SignedIn | PublisherPass;

/** Wrong publishing tokens per address: an encoder that was set up wrongly tries again and again. */
const WRONG_TOKENS = { points: 60, duration: 60 };

export interface AccessParts {
  readonly tokens: Tokens;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly publishingTokens: PublishingTokens;
}

/** Finds out who calls. Who has signed in shows a cookie, who has joined a tour a bearer token (RFC 6750). */
export class Access {
  private readonly parts: AccessParts;
  private readonly wrongTokens = new RateLimiterMemory(WRONG_TOKENS);

  constructor(parts: AccessParts) {
    this.parts = parts;
  }

  /**
   * What the account may do is asked anew each time: who is locked or signed out is out at once.
   * @throws UbizoError `not_signed_in`, `account_locked`.
   */
  async signedIn(request: IncomingMessage): Promise<SignedIn> {
    const token = cookieOf(request, 'access');
    const who = token ? await this.recognise(token) : undefined;
    if (who === 'locked') throw locked();
    if (!who) throw new UbizoError('not_signed_in', 'You are not signed in. Sign in, then try again.');
    return who;
  }

  /** The same, or undefined: for what anyone may do, but goes better with an account. */
  async perhapsSignedIn(request: IncomingMessage): Promise<SignedIn | undefined> {
    return this.signedIn(request).catch(() => undefined);
  }

  /** @throws UbizoError `not_signed_in`, `forbidden`. */
  async guide(request: IncomingMessage): Promise<SignedIn> {
    const who = await this.signedIn(request);
    if (who.role === 'attendee') throw new UbizoError('forbidden', 'This is for guides only.');
    return who;
  }

  /** @throws UbizoError `not_signed_in`, `forbidden`. */
  async owner(request: IncomingMessage): Promise<SignedIn & { readonly account: Account }> {
    const { account, ...who } = await this.signedIn(request);
    if (who.role === 'owner' && account) return { ...who, account };
    throw new UbizoError('forbidden', 'This is for the owner of this box only.');
  }

  /** @throws UbizoError `token_invalid`. */
  async attendee(request: IncomingMessage): Promise<AttendeePass> {
    const token = bearerOf(request);
    if (!token) {
      throw new UbizoError('token_invalid', 'Send the token of your join as "Authorization: Bearer …".');
    }
    return this.parts.tokens.verify('attendee', token);
  }

  /**
   * Who shows a token, also in the address, where browsers let a page send no header, is judged by that alone.
   * @throws UbizoError `token_invalid`, `not_signed_in`, `forbidden`.
   */
  async guideOrAttendee(request: IncomingMessage, url: URL): Promise<SignedIn | AttendeePass> {
    const token = bearerOf(request) ?? url.searchParams.get('token');
    return token === null ? this.guide(request) : this.parts.tokens.verify('attendee', token);
  }

  /** Who shows a token is judged by that alone. @throws UbizoError `not_signed_in`, `forbidden`, `token_invalid`, `too_many_attempts`. */
  async speaker(request: IncomingMessage): Promise<Speaker> {
    const token = bearerOf(request);
    if (token === undefined) return this.guide(request);
    try {
      return this.parts.publishingTokens.verify(token);
    } catch (error) {
      const address = request.socket.remoteAddress ?? '';
      await takeOne(this.wrongTokens, address, 'Too many wrong tokens from this network.');
      throw error;
    }
  }

  /** Called when somebody may do less than before, or is signed out. */
  subscribe(observer: () => void): () => void {
    const { accounts, sessions, publishingTokens } = this.parts;
    const undos = [accounts, sessions, publishingTokens].map((part) => part.subscribe(observer));
    return () => {
      for (const undo of undos) undo();
    };
  }

  /** Whether who has opened something a while ago might open it now. */
  stillIn(who: SignedIn): boolean {
    const { account, session } = who;
    if (!this.stillMay(who)) return false;
    return !account || session === undefined || this.parts.sessions.has(session, account.id);
  }

  /** The same, signed in or not: a voice that is heard is not cut off because a cookie was lost. */
  stillMay(who: Speaker): boolean {
    const { accounts, publishingTokens } = this.parts;
    if ('tour' in who) return publishingTokens.has(who);
    const { role, account } = who;
    if (!account) return !accounts.claimed;
    const now = accounts.find(account.id);
    return now?.status === 'active' && now.role === role;
  }

  /** Why who has opened something a while ago might not open it now. */
  whyOut({ account, role }: SignedIn): Problem {
    const now = account && this.parts.accounts.find(account.id);
    if (account && !now)
      return { code: 'account_not_found', message: 'This account was deleted. Its tours go on.' };
    if (now?.status === 'locked') return locked().toProblem();
    if (now && (now.role !== role || now.status !== 'active'))
      return { code: 'forbidden', message: 'The owner has given this account another role.' };
    return { code: 'not_signed_in', message: 'You are signed out. Sign in again.' };
  }

  private async recognise(token: string): Promise<SignedIn | 'locked' | undefined> {
    const { tokens, accounts, sessions } = this.parts;
    try {
      if (!accounts.claimed) {
        await tokens.verify('setup', token);
        return { role: 'guide' };
      }
      const pass = await tokens.verify('account', token);
      const account = accounts.find(pass.account);
      if (account?.status === 'locked') return 'locked';
      if (account?.status !== 'active' || !sessions.has(pass.session, account.id)) return undefined;
      return { role: account.role, account, session: pass.session };
    } catch {
      return undefined;
    }
  }
}

function locked(): UbizoError {
  return new UbizoError('account_locked', 'This account is locked. Ask the owner of this box to unlock it.');
}

/** A guide's tours are their own; the owner's are all, and so they are for who sets the box up. */
export function isTheirs({ role, account }: SignedIn, tour: Pick<TourRecord, 'guide'>): boolean {
  return role === 'owner' || !account || tour.guide === account.id;
}

/** The same of an encoder: a token is one tour's. @throws UbizoError `not_your_tour`, `token_invalid`. */
export function expectToSpeak(who: Speaker, tour: Pick<TourRecord, 'id' | 'guide'>): void {
  if (!('tour' in who)) expectTheirs(who, tour);
  else if (who.tour !== tour.id)
    throw new UbizoError('token_invalid', 'This publishing token is of another tour.');
}

/** @throws UbizoError `not_your_tour`. */
export function expectTheirs(who: SignedIn, tour: Pick<TourRecord, 'guide'>): void {
  if (!isTheirs(who, tour)) throw new UbizoError('not_your_tour', 'This tour is another guide’s.');
}

/** @throws UbizoError `token_invalid`. */
export function expectTheirTour(who: AttendeePass, tour: string): void {
  if (who.tour !== tour) throw new UbizoError('token_invalid', 'This pass is for another tour; join again.');
}
