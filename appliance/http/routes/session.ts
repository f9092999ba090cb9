import type { SetupCode } from '../../account/setup-code.ts';
import type { Tokens } from '../../account/tokens.ts';
import { signInRequest } from '../../protocol/requests.ts';
import { GUIDE_COOKIE } from '../access.ts';
import { readJson } from '../bodies.ts';
import type { Route } from '../route.ts';

const COOKIE_SECONDS = 12 * 3_600;

/** Signing in and out: until there are accounts, the setup code makes a guide. */
export function sessionRoutes({ setupCode, tokens }: { setupCode: SetupCode; tokens: Tokens }): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/sign-in',
      who: 'anyone',
      handle: async (context) => {
        const { setupCode: typed } = await readJson(context.req, signInRequest);
        await setupCode.check(typed, context.req.socket.remoteAddress ?? '');
        const token = await tokens.issue({ role: 'guide' });
        context.set('Set-Cookie', cookie(token, COOKIE_SECONDS, context.secure));
        context.status = 204;
      },
    },
    {
      method: 'POST',
      path: '/api/sign-out',
      who: 'anyone',
      handle: (context) => {
        context.set('Set-Cookie', cookie('', 0, context.secure));
        context.status = 204;
      },
    },
    {
      method: 'GET',
      path: '/api/session',
      who: 'guide',
      handle: (context) => {
        context.body = { role: 'guide' };
      },
    },
  ];
}

function cookie(value: string, maxAge: number, secure: boolean): string {
  return `${GUIDE_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
}
