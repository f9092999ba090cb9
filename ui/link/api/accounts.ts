import {
  accountsView,
  passwordCode,
  accountView,
  type AccountChange,
  type AccountView,
  type PasswordCode,
} from '../../../appliance/protocol/accounts.ts';
import { ask, tell } from '../request.ts';

/** Everyone's accounts, for the owner. */

const pathOf = (id: string): string => `/api/accounts/${encodeURIComponent(id)}`;

export const listAccounts = async (): Promise<AccountView[]> =>
  (await ask(accountsView, 'GET', '/api/accounts')).accounts;

export const changeAccount = (id: string, change: AccountChange): Promise<AccountView> =>
  ask(accountView, 'PATCH', pathOf(id), change);

/** For who has forgotten their password. */
export const newPasswordCode = (id: string): Promise<PasswordCode> =>
  ask(passwordCode, 'POST', `${pathOf(id)}/password-code`);

export const removeAccount = (id: string): Promise<void> => tell('DELETE', pathOf(id));
