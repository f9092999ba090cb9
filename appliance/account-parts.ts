import { Accounts } from './account/accounts.ts';
import { Entrance } from './account/entrance.ts';
import { Keys } from './account/keys.ts';
import { Lockout } from './account/lockout.ts';
import { Passwords } from './account/passwords.ts';
import { PublishingTokens } from './account/publishing-tokens.ts';
import { Sessions } from './account/sessions.ts';
import { SetupCode } from './account/setup-code.ts';
import { Tokens } from './account/tokens.ts';
import type { Certificate } from './certificate/certificate.ts';
import type { Clock } from './clock/clock.ts';
import { Access } from './http/access.ts';
import { PasswordRule } from './http/password-rule.ts';
import type { Route } from './http/route.ts';
import { accountRoutes } from './http/routes/accounts.ts';
import { authorityRoutes } from './http/routes/authority.ts';
import { deviceRoutes } from './http/routes/device.ts';
import { signInRoutes } from './http/routes/sign-in.ts';
import type { Problem } from './protocol/errors.ts';
import type { Settings } from './settings.ts';
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
  const publishingTokens = new PublishingTokens({ state, accounts, clock });
  const access = new Access({ tokens, accounts, sessions, publishingTokens });
  return { keys, tokens, accounts, sessions, passwords, setupCode, entrance, publishingTokens, access };
}

/** The routes of all this. */
export function accountsRoutes({ state, settings, certificate, ...parts }: WhatItsRoutesNeed): Route[] {
  const passwordRule = new PasswordRule({
    overHttp: () => state.device.passwordsOverHttp,
    httpsPort: parts.securePort,
  });
  return [
    ...signInRoutes({ ...parts, passwordRule }),
    ...accountRoutes({ ...parts, passwordRule }),
    ...deviceRoutes({
      ...parts,
      state,
      keyIsSet: settings.openaiApiKey !== undefined,
      certificate: () => certificate.view,
    }),
    ...authorityRoutes({ authority: () => certificate.authority }),
  ];
}

interface WhatItsRoutesNeed extends AccountParts {
  readonly state: State;
  readonly settings: Settings;
  readonly certificate: Certificate;
  /** That visitors type, while HTTPS is answered. */
  readonly securePort: () => number | undefined;
  readonly problem: () => Problem | undefined;
  /** The owner has set something. */
  readonly onChange: () => void;
}

export interface AccountParts {
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly setupCode: SetupCode;
  readonly entrance: Entrance;
  readonly publishingTokens: PublishingTokens;
  readonly access: Access;
}
