import { Accounts } from '../account/accounts.ts';
import { Entrance } from '../account/entrance.ts';
import { forgetOwnerWhenAsked } from '../account/forgotten-owner.ts';
import { Keys } from '../account/keys.ts';
import { Lockout } from '../account/lockout.ts';
import { PasswordCodes } from '../account/password-codes.ts';
import { Passwords } from '../account/passwords.ts';
import { PublishingTokens } from '../account/publishing-tokens.ts';
import { Sessions } from '../account/sessions.ts';
import { SetupCode } from '../account/setup-code.ts';
import { SetupTickets } from '../account/setup-tickets.ts';
import { Tokens } from '../account/tokens.ts';
import type { Clock } from '../clock/clock.ts';
import { Access } from '../http/access.ts';
import type { TryKey } from '../http/key-trial.ts';
import { PasswordRule } from '../http/password-rule.ts';
import { accountRoutes } from '../http/routes/accounts.ts';
import { signInRoutes } from '../http/routes/sign-in.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { Address } from './address.ts';
import type { Part } from './part.ts';
import type { BoxState } from './storage.ts';

export interface People {
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly entrance: Entrance;
  readonly passwordCodes: PasswordCodes;
  readonly publishingTokens: PublishingTokens;
  readonly setupCode: SetupCode;
}

/** Who may come in, and as whom. */
export function people({
  state,
  clock,
  setupCode: code,
}: {
  state: BoxState;
  clock: Pick<Clock, 'now'>;
  setupCode: () => string;
}): People {
  const keys = new Keys({ state, clock });
  const accounts = new Accounts({ state, clock });
  const passwords = new Passwords();
  const passwordCodes = new PasswordCodes({ clock });
  const setupCode = new SetupCode({ code });
  return {
    keys,
    tokens: new Tokens({ keys, clock }),
    accounts,
    sessions: new Sessions({ state, keys, clock }),
    passwords,
    passwordCodes,
    setupCode,
    publishingTokens: new PublishingTokens({ state, accounts, clock }),
    entrance: new Entrance({ accounts, passwords, passwordCodes, lockout: new Lockout(), setupCode }),
  };
}

export interface AccountsPart extends Part, Omit<People, 'setupCode' | 'passwordCodes'> {
  readonly access: Access;
  /** The owner's, that of the settings, or the one that was made for this box: known once the state is read. */
  readonly currentSetupCode: () => string;
}

export function accountsPart({
  settings,
  log,
  state,
  clock,
  address,
  tryKey,
}: {
  settings: Settings;
  log: Log;
  state: BoxState;
  clock: Clock;
  address: Address;
  tryKey: TryKey;
}): AccountsPart {
  const currentSetupCode = (): string => {
    const { setupCode, setupCodeIsOwners } = state.kept.device;
    return setupCodeIsOwners ? setupCode : (settings.setupCode ?? setupCode);
  };
  const { setupCode, passwordCodes, ...all } = people({ state, clock, setupCode: currentSetupCode });
  const access = new Access(all);
  const passwordRule = new PasswordRule({
    overHttp: () => state.kept.device.passwordsOverHttp,
    httpsPort: () => address.securePort,
  });
  return {
    name: 'accounts',
    ...all,
    access,
    currentSetupCode,
    start: async () => {
      await forgetOwnerWhenAsked({ directory: settings.data, state, log });
      all.keys.start();
    },
    stop: () => all.keys.stop(),
    routes: [
      ...signInRoutes({
        ...all,
        access,
        setupCode,
        tickets: new SetupTickets(),
        passwordRule,
        tryKey,
        boxName: () => state.kept.device.name,
      }),
      ...accountRoutes({ ...all, passwordRule, passwordCodes }),
    ],
  };
}
