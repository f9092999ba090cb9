import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { isSecure } from './origin.ts';

/**
 * `access`: who is calling. `refresh`: gets the next access. `pass`: a visitor's last one, by which who was removed is
 * known again. The last two are shown to the calls that take them only.
 */
type Purpose = 'access' | 'refresh' | 'pass';

const PATHS: Record<Purpose, string> = { access: '/', refresh: '/api/sign-in', pass: '/api/join' };

/**
 * Over HTTPS the names have prefixes that a browser takes over HTTPS only (RFC 6265bis, 4.1.3): what a page of plain
 * HTTP, or who sits between it and the box, has planted is never taken for a sign-in over HTTPS.
 */
function nameOf(purpose: Purpose, secure: boolean): string {
  if (!secure) return `ubizo_${purpose}`;
  return `__${PATHS[purpose] === '/' ? 'Host' : 'Secure'}-ubizo_${purpose}`;
}

export function cookieOf(request: IncomingMessage, purpose: Purpose): string | undefined {
  const name = nameOf(purpose, isSecure(request));
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

export function setCookie(
  context: Context,
  purpose: Purpose,
  { value, seconds }: { value: string; seconds: number },
): void {
  const secure = isSecure(context.req);
  const attributes = [`Path=${PATHS[purpose]}`, 'HttpOnly', 'SameSite=Strict', `Max-Age=${seconds}`];
  if (secure) attributes.push('Secure');
  context.append('Set-Cookie', `${nameOf(purpose, secure)}=${value}; ${attributes.join('; ')}`);
}

export function clearCookies(context: Context): void {
  setCookie(context, 'access', { value: '', seconds: 0 });
  setCookie(context, 'refresh', { value: '', seconds: 0 });
}
