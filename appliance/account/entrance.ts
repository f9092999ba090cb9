import { RateLimiterMemory } from 'rate-limiter-flexible';
import { UbizoError } from '../protocol/errors.ts';
import { type Account, type Accounts, alreadyClaimed, type Role } from './accounts.ts';
import type { Lockout } from './lockout.ts';
import type { PasswordCodes } from './password-codes.ts';
import { isShort, type Passwords } from './passwords.ts';
import type { AccountState } from './section.ts';
import type { SetupCode } from './setup-code.ts';

/** New accounts from one address: enough for a group behind one. */
const NEW_ACCOUNTS = { points: 100, duration: 3_600 };

export interface Comer {
  readonly email: string;
  readonly password: string;
  /** Missing: what the account is. */
  readonly role?: Role | undefined;
  /** Without it no account is made. */
  readonly create?: boolean | undefined;
  /** Makes a guide at once; without it a new guide waits for the owner. */
  readonly setupCode?: string | undefined;
  readonly address: string;
}

interface Claimant extends Omit<Comer, 'role' | 'create'> {
  /** They came in by the setup code before. */
  readonly proven: boolean;
}

interface Forgetful extends Pick<Comer, 'email' | 'password' | 'address'> {
  readonly code: string;
}

export interface EntranceParts {
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly lockout: Lockout;
  readonly setupCode: SetupCode;
  readonly passwordCodes: PasswordCodes;
}

/** "Sign in or create account": one way for those who have an account and those who do not. */
export class Entrance {
  private readonly parts: EntranceParts;
  private readonly newAccounts = new RateLimiterMemory(NEW_ACCOUNTS);

  constructor(parts: EntranceParts) {
    this.parts = parts;
  }

  /**
   * The box gets its owner, in one write with what `also` changes. `before`: once the setup code was right; when it
   * throws, nothing was done.
   * @throws UbizoError `already_claimed`, `wrong_setup_code`, `too_many_attempts`, `weak_password`, `storage_failed`.
   */
  async claim(
    { email, password, setupCode, address, proven }: Claimant,
    { before, also }: { before: () => Promise<void>; also: (draft: AccountState) => void },
  ): Promise<Account> {
    const { accounts, passwords } = this.parts;
    if (accounts.claimed) throw alreadyClaimed();
    if (!proven) await this.parts.setupCode.check(setupCode ?? '', address);
    await before();
    const passwordHash = await passwords.hash(password);
    const owner = await accounts.claim({ email, passwordHash }, also);
    if (owner) return owner;
    // At the same moment, by a double tap: both are answered alike, if it is the same person.
    const known = accounts.byEmail(email);
    if (!known || !(await passwords.matches(password, known.passwordHash))) throw alreadyClaimed();
    return known;
  }

  /**
   * Whom the password belongs to, also one who is locked or waits ({@link expectActive}).
   * @throws UbizoError `not_claimed`, `wrong_password`, `weak_password`,
   * `account_unknown`, `wrong_setup_code`, `common_password`, `too_many_attempts`, `accounts_full`, `box_busy`,
   * `storage_failed`.
   */
  async enter(comer: Comer): Promise<{ account: Account; isNew: boolean }> {
    const { accounts, lockout } = this.parts;
    if (!accounts.claimed) {
      throw new UbizoError('not_claimed', 'This box has no owner yet. Claim it with its setup code first.');
    }
    // No account has a shorter one: whether there is this account is not told.
    if (isShort(comer.password)) await this.parts.passwords.hash(comer.password);
    await lockout.count(comer.email, comer.address);
    const known = accounts.byEmail(comer.email);
    let account: Account;
    try {
      account = known ? await this.recognise(known, comer) : await this.create(comer);
    } catch (error) {
      // A coach that signs in all at once must not be taken for somebody who guesses.
      if (isBusy(error)) await lockout.giveBack(comer.email, comer.address);
      throw error;
    }
    await lockout.right(comer.email, comer.address);
    return { account, isNew: known === undefined };
  }

  /**
   * A new password, by the code that the owner has given for it.
   * @throws UbizoError `wrong_password_code`, `weak_password`, `common_password`, `too_many_attempts`, `box_busy`,
   * `storage_failed`.
   */
  async reset({ email, code, password, address }: Forgetful): Promise<Account> {
    const { accounts, lockout, passwordCodes, passwords } = this.parts;
    await lockout.count(email, address);
    const known = accounts.byEmail(email);
    // Whether there is this account is not told.
    if (!known || !passwordCodes.matches(known.id, code)) throw wrongPasswordCode();
    const passwordHash = await passwords.hash(password);
    const account = await accounts.change(known.id, { passwordHash });
    passwordCodes.forget(known.id);
    await lockout.right(email, address);
    return account;
  }

  /**
   * Whoever waits and has got hold of the setup code need not wait.
   * @throws UbizoError `wrong_setup_code`, `too_many_attempts`, `storage_failed`.
   */
  async approve(waiting: Account, setupCode: string, address: string): Promise<void> {
    await this.parts.setupCode.check(setupCode, address);
    await this.parts.accounts.change(waiting.id, { role: 'guide', status: 'active' });
  }

  /** Checks the password of one who is signed in. @throws UbizoError `wrong_password`, `too_many_attempts`. */
  async confirm(account: Account, password: string, address: string): Promise<void> {
    await this.parts.lockout.count(account.email, address);
    if (!(await this.parts.passwords.matches(password, account.passwordHash))) throw wrongPassword();
    await this.parts.lockout.right(account.email, address);
  }

  private async recognise(known: Account, comer: Comer): Promise<Account> {
    const { accounts, passwords } = this.parts;
    if (!(await passwords.matches(comer.password, known.passwordHash))) throw wrongPassword();
    if (comer.role !== 'guide' || known.status === 'locked') return known;
    // An attendee who wants to be a guide, or a guide who has got hold of the setup code while waiting.
    const waits = known.status === 'waiting';
    if (known.role !== 'attendee' && !waits) return known;
    if (comer.setupCode !== undefined) {
      await this.parts.setupCode.check(comer.setupCode, comer.address);
      return accounts.change(known.id, { role: 'guide', status: 'active' });
    }
    return waits ? known : accounts.change(known.id, { role: 'guide', status: 'waiting' });
  }

  private async create(comer: Comer): Promise<Account> {
    const { email, password, role = 'attendee', create, setupCode, address } = comer;
    const { accounts, passwords } = this.parts;
    if (role === 'owner') {
      // An owner is made by the claim, and by another owner.
      await passwords.pretend();
      throw wrongPassword();
    }
    // Counted as a wrong password is: who tries addresses is slowed down.
    if (create !== true) {
      throw new UbizoError(
        'account_unknown',
        'There is no account with this email address. Make one, or check the address.',
      );
    }
    if (setupCode !== undefined && role === 'guide') await this.parts.setupCode.check(setupCode, address);
    await this.newAccounts.consume(address).catch((cause: unknown) => {
      throw new UbizoError(
        'too_many_attempts',
        'Too many new accounts from this network. Wait an hour, or join without an account.',
        { cause, retryAfterS: NEW_ACCOUNTS.duration },
      );
    });
    const status = role === 'guide' && setupCode === undefined ? 'waiting' : 'active';
    const passwordHash = await passwords.hash(password).catch(async (error: unknown) => {
      if (isBusy(error)) await this.newAccounts.reward(address);
      throw error;
    });
    const made = await accounts.add({ email, passwordHash, role, status });
    if (made) return made;
    // Made at the same moment, by a double tap: both are answered alike, if it is the same person.
    await this.newAccounts.reward(address);
    const known = accounts.byEmail(email);
    if (!known) throw wrongPassword();
    return this.recognise(known, comer);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof UbizoError && error.code === 'box_busy';
}

/** @throws UbizoError `account_locked`, `account_waiting`. */
export function expectActive({ status }: Account): void {
  if (status === 'locked') {
    throw new UbizoError('account_locked', 'This account is locked. Ask the owner of this box to unlock it.');
  }
  if (status === 'waiting') {
    throw new UbizoError(
      'account_waiting',
      'This account waits for the owner of this box to let it in. With the setup code you need not wait.',
    );
  }
}

function wrongPasswordCode(): UbizoError {
  return new UbizoError(
    'wrong_password_code',
    'This code does not belong to this email address, or was used before. Ask the owner of this box for another.',
  );
}

function wrongPassword(): UbizoError {
  return new UbizoError(
    'wrong_password',
    'This email address and this password do not belong together. Check both, then try again.',
  );
}
