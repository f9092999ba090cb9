import { Accounts } from './account/accounts.ts';
import { Entrance } from './account/entrance.ts';
import { Keys } from './account/keys.ts';
import { Lockout } from './account/lockout.ts';
import { Passwords } from './account/passwords.ts';
import { Sessions } from './account/sessions.ts';
import { SetupCode } from './account/setup-code.ts';
import { Tokens } from './account/tokens.ts';
import type { Clock } from './clock/clock.ts';
import { Access } from './http/access.ts';
import type { State } from './storage/state.ts';

interface WhatAccountsNeed {
  readonly state: State;
  readonly clock: Clock;
  readonly setupCode: () => string;
}

/** Who may come in, and as whom: the part of the composition root (appliance.ts) that is about accounts. */
export function accountParts({ state, clock, setupCode: code }: WhatAccountsNeed): AccountParts {
  const keys = new Keys({ state, clock });
  const tokens = new Tokens({ keys, clock });
  const accounts = new Accounts({ state, clock });
  const sessions = new Sessions({ state, keys, clock });
  const passwords = new Passwords();
  const setupCode = new SetupCode({ code });
  const entrance = new Entrance({ accounts, passwords, lockout: new Lockout(), setupCode });
  const access = new Access({ tokens, accounts, sessions });
  return { keys, tokens, accounts, sessions, passwords, setupCode, entrance, access };
}

export interface AccountParts {
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly setupCode: SetupCode;
  readonly entrance: Entrance;
  readonly access: Access;
}
