import {
  accountView,
  entranceView,
  setupTicket,
  type AccountPatch,
  type AccountView,
  type ClaimRequest,
  type EntranceView,
  type PasswordReset,
  type SignInRequest,
} from '../../../appliance/protocol/accounts.ts';
import { ask, renewSignIn, tell } from '../request.ts';

/** Who is signed in on this page, and how to get in. The cookies are HttpOnly: only the box knows whether they are good. */

/** As it is for whoever calls, and no more. */
export const entranceHere = (): Promise<EntranceView> => ask(entranceView, 'GET', '/api/sign-in');

/** Asks; where nobody seems to be signed in, a sign-in of some time ago may still go on. */
export async function entrance(): Promise<EntranceView> {
  const view = await entranceHere();
  if (view.signedIn || view.waits || !view.claimed || !(await renewSignIn())) return view;
  return entranceHere();
}

export const claim = (request: ClaimRequest): Promise<EntranceView> =>
  ask(entranceView, 'POST', '/api/claim', request);

export const signIn = (request: SignInRequest): Promise<EntranceView> =>
  ask(entranceView, 'POST', '/api/sign-in', request);

export const signOut = (where: 'here' | 'everywhere'): Promise<void> =>
  tell('DELETE', where === 'everywhere' ? '/api/sign-in?everywhere=yes' : '/api/sign-in');

/** A new password, by a code from the owner; then one is signed in. */
export const resetPassword = (reset: PasswordReset): Promise<EntranceView> =>
  ask(entranceView, 'POST', '/api/sign-in/password', reset);

/** Who waits has got hold of the setup code. */
export const bringSetupCode = (setupCode: string): Promise<void> =>
  tell('POST', '/api/sign-in/setup-code', { setupCode });

/** Carries who has shown the setup code to the secure page. */
export const newSetupTicket = async (): Promise<string> =>
  (await ask(setupTicket, 'POST', '/api/sign-in/ticket')).ticket;

/** One's own account. */
export const changeOwnAccount = (patch: AccountPatch): Promise<AccountView> =>
  ask(accountView, 'PATCH', '/api/account', patch);

export const removeOwnAccount = (password: string): Promise<void> =>
  tell('DELETE', '/api/account', { password });
