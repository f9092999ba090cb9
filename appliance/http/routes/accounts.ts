import type { Accounts } from '../../account/accounts.ts';
import type { Entrance } from '../../account/entrance.ts';
import type { PasswordCodes } from '../../account/password-codes.ts';
import type { Passwords } from '../../account/passwords.ts';
import type { Sessions } from '../../account/sessions.ts';
import {
  accountChange,
  accountPatch,
  accountRemoval,
  type AccountsView,
  type PasswordCode,
} from '../../protocol/accounts.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { accountView } from '../account-view.ts';
import type { SignedIn } from '../access.ts';
import { readJson } from '../bodies.ts';
import { clearCookies } from '../cookies.ts';
import { addressOf } from '../origin.ts';
import type { PasswordRule } from '../password-rule.ts';
import { parameter, type Route } from '../route.ts';

export interface AccountRouteParts {
  readonly accounts: Accounts;
  readonly entrance: Entrance;
  readonly passwords: Passwords;
  readonly passwordCodes: PasswordCodes;
  readonly sessions: Sessions;
  readonly passwordRule: PasswordRule;
}

/** A person's own account, and all of them for the owner. */
export function accountRoutes(parts: AccountRouteParts): Route[] {
  const { accounts, entrance, passwords, sessions, passwordRule } = parts;
  return [
    {
      method: 'PATCH',
      path: '/api/account',
      who: 'signed-in',
      handle: async (context, who) => {
        const account = accountOf(who);
        const { password, currentPassword, ...patch } = await readJson(context.req, accountPatch);
        if (password === undefined) {
          context.body = accountView(await accounts.change(account.id, patch));
          return;
        }
        passwordRule.expect(context.req);
        await entrance.confirm(account, currentPassword ?? '', addressOf(context.req));
        const passwordHash = await passwords.hash(password);
        const changed = await accounts.change(account.id, { ...patch, passwordHash });
        await sessions.closeAll(account.id, who.session);
        context.body = accountView(changed);
      },
    },
    {
      method: 'DELETE',
      path: '/api/account',
      who: 'signed-in',
      handle: async (context, who) => {
        const account = accountOf(who);
        const { password } = await readJson(context.req, accountRemoval);
        passwordRule.expect(context.req);
        await entrance.confirm(account, password, addressOf(context.req));
        await accounts.remove(account.id);
        clearCookies(context);
        context.status = 204;
      },
    },
    {
      method: 'GET',
      path: '/api/accounts',
      who: 'owner',
      handle: (context) => {
        const view: AccountsView = { accounts: accounts.all().map(accountView) };
        context.body = view;
      },
    },
    {
      method: 'PATCH',
      path: '/api/accounts/:id',
      who: 'owner',
      handle: async (context) => {
        const id = parameter(context, 'id');
        const change = await readJson(context.req, accountChange);
        const changed = await accounts.change(id, change);
        if (changed.status !== 'active') await sessions.closeAll(id);
        context.body = accountView(changed);
      },
    },
    {
      method: 'POST',
      path: '/api/accounts/:id/password-code',
      who: 'owner',
      handle: (context, who) => {
        const { id } = accounts.get(parameter(context, 'id'));
        // One's own password asks for the old one.
        if (id === who.account?.id)
          throw new UbizoError('forbidden', 'Change your own password under “My account”.');
        const body: PasswordCode = parts.passwordCodes.issue(id);
        context.body = body;
      },
    },
    {
      method: 'DELETE',
      path: '/api/accounts/:id',
      who: 'owner',
      handle: async (context) => {
        await accounts.remove(parameter(context, 'id'));
        context.status = 204;
      },
    },
  ];
}

function accountOf({ account }: SignedIn): NonNullable<SignedIn['account']> {
  if (account) return account;
  throw new UbizoError('not_claimed', 'This box has no owner yet. Claim it with its setup code first.');
}
