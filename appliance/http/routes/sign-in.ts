import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { type Account, type Accounts, alreadyClaimed } from '../../account/accounts.ts';
import { type Entrance, expectActive } from '../../account/entrance.ts';
import { type OpenedSession, SESSION_S, type Sessions } from '../../account/sessions.ts';
import type { SetupCode } from '../../account/setup-code.ts';
import type { SetupTickets } from '../../account/setup-tickets.ts';
import { LIFETIME_S, type Tokens } from '../../account/tokens.ts';
import { changeDevice } from '../../device/changes.ts';
import {
  approvalRequest,
  claimRequest,
  type EntranceView,
  type KeyTrial,
  passwordReset,
  signInRequest,
} from '../../protocol/accounts.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { accountView } from '../account-view.ts';
import type { Access, SignedIn } from '../access.ts';
import { readJson } from '../bodies.ts';
import { clearCookies, cookieOf, setCookie } from '../cookies.ts';
import { addressOf } from '../origin.ts';
import { trialOf, type TryKey } from '../key-trial.ts';
import type { PasswordRule } from '../password-rule.ts';
import type { Route } from '../route.ts';

export interface SignInParts {
  readonly access: Access;
  readonly accounts: Accounts;
  readonly entrance: Entrance;
  readonly sessions: Sessions;
  readonly setupCode: SetupCode;
  readonly tickets: SetupTickets;
  readonly tokens: Tokens;
  readonly passwordRule: PasswordRule;
  readonly tryKey: TryKey;
  readonly boxName: () => string;
}

/** Claiming the box, signing in and out (RFC 9700 for what goes to and fro). */
export function signInRoutes(parts: SignInParts): Route[] {
  const { access, accounts, entrance, sessions, setupCode, tickets, tokens, passwordRule, tryKey } = parts;

  const waiting = (request: IncomingMessage): Account | undefined => {
    const session = sessions.ofToken(cookieOf(request, 'refresh') ?? '');
    const account = session && accounts.find(session.account);
    return account?.status === 'waiting' ? account : undefined;
  };

  const view = (context: Context, who: SignedIn | undefined): EntranceView => {
    const { passwordsHere, secureUrl } = passwordRule.at(context.req);
    return {
      name: parts.boxName(),
      claimed: accounts.claimed,
      passwordsHere,
      ...(secureUrl !== undefined && { secureUrl }),
      ...(!who && waiting(context.req) && { waits: true }),
      ...(who && {
        signedIn: {
          role: who.role,
          ...(who.account && { account: accountView(who.account) }),
          ...(who.role === 'owner' && {
            waiting: accounts.all().filter(({ status }) => status === 'waiting').length,
          }),
        },
      }),
    };
  };

  const give = async (
    context: Context,
    account: Account,
    opened: OpenedSession,
    more: Pick<EntranceView, 'keyTrial'> = {},
  ): Promise<void> => {
    const access = await tokens.issue('account', { account: account.id, session: opened.id });
    setCookie(context, 'access', { value: access, seconds: LIFETIME_S.account });
    setCookie(context, 'refresh', { value: opened.refreshToken, seconds: SESSION_S });
    const who = { role: account.role, account, session: opened.id };
    context.body = { ...view(context, who), ...more };
  };

  /** A new session each time; the one that this browser had before is over. */
  const begin = async (context: Context, account: Account): Promise<void> => {
    await give(context, account, await opened(context, account));
  };

  const opened = async (context: Context, account: Account): Promise<OpenedSession> => {
    const before = await sessionOf(context);
    if (before) await sessions.close(before.id).catch(() => undefined);
    return sessions.open(account.id);
  };

  /** Who waits has a session that opens nothing before the owner has let them in: then it goes on by itself. */
  const letWait = async (context: Context, account: Account): Promise<void> => {
    const { refreshToken: value } = await opened(context, account);
    setCookie(context, 'refresh', { value, seconds: SESSION_S });
  };

  const letInForSetup = async (context: Context): Promise<void> => {
    const value = await tokens.issue('setup', {});
    setCookie(context, 'access', { value, seconds: LIFETIME_S.setup });
    context.body = view(context, { role: 'guide' });
  };

  /** Also of one whose access has run out: to end it, and nothing else. */
  const sessionOf = async (context: Context): Promise<{ id: string; account: string } | undefined> => {
    const who = await access.perhapsSignedIn(context.req);
    if (who?.account && who.session !== undefined) return { id: who.session, account: who.account.id };
    return sessions.ofToken(cookieOf(context.req, 'refresh') ?? '');
  };

  return [
    {
      method: 'POST',
      path: '/api/claim',
      who: 'anyone',
      handle: async (context) => {
        const { insist, ...claim } = await readJson(context.req, claimRequest);
        if (accounts.claimed) throw alreadyClaimed();
        passwordRule.expect(context.req);
        const proven = (await access.perhapsSignedIn(context.req)) !== undefined;
        const tried: { keyTrial?: KeyTrial } = {};
        const owner = await entrance.claim(
          { ...claim, proven, address: addressOf(context.req) },
          {
            before: async () => {
              const keyTrial = await trialOf(claim.openaiKey, { tryKey, insist });
              if (keyTrial) tried.keyTrial = keyTrial;
            },
            also: ({ device }) => changeDevice(device, claim),
          },
        );
        await give(context, owner, await opened(context, owner), tried);
        context.status = 201;
      },
    },
    {
      method: 'GET',
      path: '/api/sign-in',
      who: 'anyone',
      handle: async (context) => {
        context.body = view(context, await access.perhapsSignedIn(context.req));
      },
    },
    {
      method: 'POST',
      path: '/api/sign-in',
      who: 'anyone',
      handle: async (context) => {
        const typed = await readJson(context.req, signInRequest);
        const address = addressOf(context.req);
        if (!('password' in typed)) {
          if (accounts.claimed) throw alreadyClaimed();
          if ('setupCode' in typed) await setupCode.check(typed.setupCode, address);
          else if (!tickets.take(typed.ticket)) throw signedOut();
          await letInForSetup(context);
          return;
        }
        passwordRule.expect(context.req);
        const { account, isNew } = await entrance.enter({ ...typed, address });
        if (account.status === 'waiting') await letWait(context, account);
        expectActive(account);
        await begin(context, account);
        if (isNew) context.status = 201;
      },
    },
    {
      method: 'POST',
      path: '/api/sign-in/ticket',
      who: 'guide',
      handle: (context) => {
        if (accounts.claimed) throw alreadyClaimed();
        context.status = 201;
        context.body = { ticket: tickets.issue() };
      },
    },
    {
      method: 'POST',
      path: '/api/sign-in/setup-code',
      who: 'anyone',
      handle: async (context) => {
        const { setupCode } = await readJson(context.req, approvalRequest);
        const account = waiting(context.req);
        if (!account) throw signedOut();
        await entrance.approve(account, setupCode, addressOf(context.req));
        context.status = 204;
      },
    },
    {
      method: 'POST',
      path: '/api/sign-in/password',
      who: 'anyone',
      handle: async (context) => {
        const reset = await readJson(context.req, passwordReset);
        passwordRule.expect(context.req);
        const account = await entrance.reset({ ...reset, address: addressOf(context.req) });
        // Whoever knew the old one is out.
        await sessions.closeAll(account.id);
        if (account.status === 'waiting') await letWait(context, account);
        expectActive(account);
        await begin(context, account);
      },
    },
    {
      method: 'POST',
      path: '/api/sign-in/refresh',
      who: 'anyone',
      handle: async (context) => {
        const token = cookieOf(context.req, 'refresh');
        if (token === undefined) throw signedOut();
        // Who waits keeps the token that they have, and asks again.
        const waits = waiting(context.req);
        if (waits) expectActive(waits);
        try {
          const opened = await sessions.refresh(token);
          const account = accounts.find(opened.account);
          if (account?.status !== 'active') throw signedOut();
          await give(context, account, opened);
        } catch (error) {
          if (error instanceof UbizoError && error.code === 'not_signed_in') clearCookies(context);
          throw error;
        }
      },
    },
    {
      method: 'DELETE',
      path: '/api/sign-in',
      who: 'anyone',
      handle: async (context) => {
        const session = await sessionOf(context);
        const everywhere = context.URL.searchParams.get('everywhere') === 'yes';
        clearCookies(context);
        if (session && everywhere) await sessions.closeAll(session.account);
        else if (session) await sessions.close(session.id);
        context.status = 204;
      },
    },
  ];
}

function signedOut(): UbizoError {
  return new UbizoError('not_signed_in', 'You are signed out. Sign in again.');
}
