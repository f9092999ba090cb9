import { nanoid } from 'nanoid';
import { UbizoError } from '../protocol/errors.ts';
import type { Sectioned } from '../storage/section.ts';
import type { AccountRecord, AccountState } from './section.ts';

export type Account = Readonly<AccountRecord>;
export type Role = AccountRecord['role'];

/** Anyone on the Wi-Fi may make an account: those of attendees that nobody uses give way beyond this many. */
const MOST = 2_000;
/** Guides who wait for the owner. */
const MOST_WAITING = 50;

type Changeable = Pick<AccountRecord, 'name' | 'language' | 'role' | 'status' | 'passwordHash'>;
type AccountChanges = { readonly [K in keyof Changeable]?: Changeable[K] | undefined };

export interface AccountsOptions {
  readonly state: Sectioned<AccountState>;
  readonly clock: { now(): number };
}

/** Everyone whom the box knows by email. The first is the owner, who claimed it. */
export class Accounts {
  private readonly options: AccountsOptions;
  private readonly observers = new Set<() => void>();

  constructor(options: AccountsOptions) {
    this.options = options;
  }

  /** Called when an account can do less than before, or is gone. */
  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  /** Whether somebody owns the box; until then its setup code opens it. */
  get claimed(): boolean {
    return this.all().some(({ role }) => role === 'owner');
  }

  all(): readonly Account[] {
    return this.options.state.kept.accounts;
  }

  find(id: string): Account | undefined {
    return this.all().find((account) => account.id === id);
  }

  /** @throws UbizoError `account_not_found`. */
  get(id: string): Account {
    const account = this.find(id);
    if (!account) throw notFound();
    return account;
  }

  byEmail(email: string): Account | undefined {
    return this.all().find((account) => account.email === email);
  }

  /**
   * @param also what else is changed in the same write.
   * @returns undefined when this email's account has claimed it meanwhile.
   * @throws UbizoError `already_claimed`, `storage_failed`.
   */
  async claim(
    { email, passwordHash }: { email: string; passwordHash: string },
    also: (draft: AccountState) => void,
  ): Promise<Account | undefined> {
    const owner = await this.options.state.update((draft) => {
      const owners = draft.accounts.filter(({ role }) => role === 'owner');
      if (owners.some((each) => each.email === email)) return undefined;
      if (owners.length > 0) throw alreadyClaimed();
      const account = this.newRecord({ email, passwordHash, role: 'owner', status: 'active' });
      draft.accounts = [...draft.accounts.filter((each) => each.email !== email), account];
      draft.device.claimedAt = account.createdAt;
      also(draft);
      return account;
    });
    // Whoever was in by the setup code alone is out.
    this.tell();
    return owner;
  }

  /** @throws UbizoError `accounts_full`, `storage_failed`. @returns undefined when the email was taken meanwhile. */
  async add(
    made: Pick<AccountRecord, 'email' | 'passwordHash' | 'role' | 'status'>,
  ): Promise<Account | undefined> {
    return this.options.state.update((draft) => {
      if (draft.accounts.some(({ email }) => email === made.email)) return undefined;
      makeRoom(draft, made);
      const account = this.newRecord(made);
      draft.accounts.push(account);
      return account;
    });
  }

  /** @throws UbizoError `account_not_found`, `last_owner`, `storage_failed`. */
  async change(id: string, changes: AccountChanges): Promise<Account> {
    const changed = await this.options.state.update((draft) => {
      const account = draft.accounts.find((each) => each.id === id);
      if (!account) throw notFound();
      if (changes.status === 'waiting') expectRoomToWait(draft);
      Object.assign(
        account,
        Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
      );
      expectOwner(draft);
      return { ...account };
    });
    if (changes.role !== undefined || changes.status !== undefined) this.tell();
    return changed;
  }

  /** Its sessions end, its tours become the owner's. @throws UbizoError `account_not_found`, `last_owner`, `storage_failed`. */
  async remove(id: string): Promise<void> {
    await this.options.state.update((draft) => {
      if (!draft.accounts.some((each) => each.id === id)) throw notFound();
      draft.accounts = draft.accounts.filter((each) => each.id !== id);
      draft.sessions = draft.sessions.filter(({ account }) => account !== id);
      expectOwner(draft);
    });
    this.tell();
  }

  private newRecord(given: Pick<AccountRecord, 'email' | 'passwordHash' | 'role' | 'status'>): AccountRecord {
    return { id: nanoid(), ...given, createdAt: this.options.clock.now() };
  }

  private tell(): void {
    for (const observer of this.observers) observer();
  }
}

export function alreadyClaimed(): UbizoError {
  return new UbizoError(
    'already_claimed',
    'This box has an owner. Sign in with your email address and your password.',
  );
}

function makeRoom(draft: AccountState, { role, status }: Pick<AccountRecord, 'role' | 'status'>): void {
  if (status === 'waiting') expectRoomToWait(draft);
  if (draft.accounts.length < MOST) return;
  const inUse = new Set(draft.sessions.map(({ account }) => account));
  const attendees = draft.accounts.filter((each) => each.role === 'attendee');
  // Who has the setup code gets in, however many strangers have made accounts.
  const needed = role === 'guide' && status === 'active';
  const spare = attendees.find(({ id }) => !inUse.has(id)) ?? (needed ? attendees[0] : undefined);
  if (!spare) throw full();
  draft.accounts = draft.accounts.filter((each) => each !== spare);
  draft.sessions = draft.sessions.filter(({ account }) => account !== spare.id);
}

function expectRoomToWait({ accounts }: AccountState): void {
  if (accounts.filter(({ status }) => status === 'waiting').length >= MOST_WAITING) throw full();
}

function expectOwner({ accounts }: AccountState): void {
  if (accounts.some(({ role, status }) => role === 'owner' && status === 'active')) return;
  throw new UbizoError('last_owner', 'A box needs an owner: make somebody else an owner first.');
}

function full(): UbizoError {
  return new UbizoError('accounts_full', 'This box cannot take more accounts just now. Ask its owner.');
}

function notFound(): UbizoError {
  return new UbizoError('account_not_found', 'There is no such account on this box.');
}
