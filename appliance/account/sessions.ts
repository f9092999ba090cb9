import { createHash, createHmac, randomBytes } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { SigningKey } from '../device/section.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Sectioned } from '../storage/section.ts';
import type { AccountState, SessionRecord } from './section.ts';

const DAY = 24 * 3_600_000;
/** A session ends when it has not been used for this long. */
const LASTS = 30 * DAY;
export const SESSION_S = LASTS / 1_000;
/** A token that was just replaced is good for so long: two pages, or a page whose answer was lost in the air. */
const GRACE = 60_000;
const MOST_PER_ACCOUNT = 10;
const MOST_REMEMBERED = 16;

/** A session and the refresh token that continues it; only here is the token known in clear. */
export interface OpenedSession {
  readonly id: string;
  readonly account: string;
  readonly refreshToken: string;
}

type SessionState = Pick<AccountState, 'sessions'>;

export interface SessionsOptions {
  readonly state: Sectioned<SessionState>;
  readonly keys: { readonly current: SigningKey; readonly all: readonly SigningKey[] };
  readonly clock: { now(): number };
}

/**
 * Who is signed in. Each session is a family of refresh tokens, of which only the newest is good (RFC 9700, 4.14.2): one
 * that was replaced before comes from a thief or from who was robbed, so the whole family ends.
 */
export class Sessions {
  private readonly options: SessionsOptions;
  private readonly observers = new Set<() => void>();
  /** Begun while nothing could be saved: good until the box is switched off. */
  private readonly unsaved = new Map<string, SessionRecord>();
  /** Ended, whatever the disk says. */
  private readonly ended = new Set<string>();

  constructor(options: SessionsOptions) {
    this.options = options;
  }

  /** Called when sessions were ended before their time. */
  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  /** Whether the session goes on, for this account. */
  has(id: string, account: string): boolean {
    const session = this.find(id);
    return session?.account === account && session.expiresAt > this.options.clock.now();
  }

  /** The session that a refresh token is, or was, of. */
  ofToken(token: string): Pick<SessionRecord, 'id' | 'account'> | undefined {
    const session = this.find(token.split('.', 1)[0] ?? '');
    return session && [session.tokenHash, ...session.usedHashes].includes(hashOf(token))
      ? session
      : undefined;
  }

  /** Always a new one: nobody can have known its tokens before. */
  async open(account: string): Promise<OpenedSession> {
    const now = this.options.clock.now();
    const id = nanoid();
    const refreshToken = `${id}.${randomBytes(32).toString('base64url')}`;
    const session: SessionRecord = {
      id,
      account,
      tokenHash: hashOf(refreshToken),
      usedHashes: [],
      createdAt: now,
      rotatedAt: now,
      expiresAt: now + LASTS,
    };
    const saved = this.options.state.update((draft) => {
      const alive = draft.sessions.filter(({ expiresAt }) => expiresAt > now);
      const own = alive.filter((each) => each.account === account);
      const oldest = own.toSorted((a, b) => b.rotatedAt - a.rotatedAt).slice(MOST_PER_ACCOUNT - 1);
      draft.sessions = [...alive.filter((each) => !oldest.includes(each)), session];
    });
    // A guide whose box has a full disk must get to their desk all the same.
    await saved.catch(() => this.unsaved.set(id, session));
    return { id, account, refreshToken };
  }

  /**
   * The session goes on with a new token; with the same, while nothing can be saved.
   * @throws UbizoError `not_signed_in`: unknown, expired, or replaced before, and then the session is over.
   */
  async refresh(token: string): Promise<OpenedSession> {
    // What nobody could have got from this box costs no write.
    const known = this.find(this.ofToken(token)?.id ?? '');
    if (!known) throw over();
    const same = { id: known.id, account: known.account, refreshToken: token };
    if (this.unsaved.has(known.id)) return same;
    let refreshed: OpenedSession | undefined;
    try {
      refreshed = await this.options.state.update((draft) => this.rotate(draft, known.id, token));
    } catch (error) {
      if (known.tokenHash !== hashOf(token)) throw error;
      return same;
    }
    if (refreshed) return refreshed;
    this.tell();
    throw over();
  }

  /** @throws UbizoError `storage_failed`. */
  async close(id: string): Promise<void> {
    await this.closeWhere((session) => session.id === id);
  }

  /** All of an account's, but `except`. @throws UbizoError `storage_failed`. */
  async closeAll(account: string, except?: string): Promise<void> {
    await this.closeWhere((session) => session.account === account && session.id !== except);
  }

  /** Everybody's. @throws UbizoError `storage_failed`. */
  async closeEvery(): Promise<void> {
    await this.closeWhere(() => true);
  }

  private find(id: string): Readonly<SessionRecord> | undefined {
    if (this.ended.has(id)) return undefined;
    return this.options.state.kept.sessions.find((each) => each.id === id) ?? this.unsaved.get(id);
  }

  private async closeWhere(test: (session: SessionRecord) => boolean): Promise<void> {
    const closed = [...this.options.state.kept.sessions, ...this.unsaved.values()].filter(test);
    if (closed.length === 0) return;
    for (const { id } of closed) this.ended.add(id);
    this.tell();
    await this.options.state.update((draft) => {
      draft.sessions = draft.sessions.filter((session) => !test(session));
    });
    for (const { id } of closed) {
      this.unsaved.delete(id);
      this.ended.delete(id);
    }
  }

  private rotate(draft: SessionState, id: string, token: string): OpenedSession | undefined {
    const now = this.options.clock.now();
    const hash = hashOf(token);
    const session = draft.sessions.find((each) => each.id === id);
    if (!session || session.expiresAt <= now) return undefined;
    let next = this.successor(token, this.options.keys.current);
    if (session.tokenHash === hash) {
      session.usedHashes = [...session.usedHashes, hash].slice(-MOST_REMEMBERED);
      session.tokenHash = hashOf(next);
      session.rotatedAt = now;
      session.expiresAt = now + LASTS;
    } else {
      const given = this.options.keys.all.map((key) => this.successor(token, key));
      const newest = given.find((each) => hashOf(each) === session.tokenHash);
      if (newest === undefined || !justReplaced(session, hash, now)) {
        draft.sessions = draft.sessions.filter((each) => each !== session);
        return undefined;
      }
      next = newest;
    }
    return { id, account: session.account, refreshToken: next };
  }

  /** The same for the same token: who asks twice within the grace gets one answer, and no third token is about. */
  private successor(token: string, { key }: SigningKey): string {
    const secret = createHmac('sha256', Buffer.from(key, 'base64url')).update(token);
    return `${token.split('.', 1)[0]}.${secret.digest('base64url')}`;
  }

  private tell(): void {
    for (const observer of this.observers) observer();
  }
}

function justReplaced(session: SessionRecord, hash: string, now: number): boolean {
  return session.usedHashes.at(-1) === hash && now - session.rotatedAt < GRACE;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function over(): UbizoError {
  return new UbizoError('not_signed_in', 'You are signed out. Sign in again.');
}
