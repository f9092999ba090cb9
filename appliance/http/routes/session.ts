import { clearCookies } from '../cookies.ts';
import type { Route } from '../route.ts';

/** As pages of version 0.1 ask; those of today ask /api/sign-in. */
export function sessionRoutes(): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/sign-out',
      who: 'anyone',
      handle: (context) => {
        clearCookies(context);
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
