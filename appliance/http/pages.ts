import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, Middleware } from 'koa';
import serve from 'koa-static';
import type { Log } from '../log.ts';
import { UbizoError } from '../protocol/errors.ts';
import { type Arrivals, withArrival } from './arrivals.ts';
import { Stills } from './stills.ts';

/** The page's head start (ui/visitor/still), where the build has put it. */
const HEAD_START = /<script id="head-start">(.*?)<\/script>/s;
const YEAR_MS = 365 * 24 * 3_600_000;

/** No page asks a third party for anything; what a page may do is said here once (CSP Level 3). */
const POLICY = [
  "default-src 'self'",
  "media-src 'self' blob: data:",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** The built pages: `<root>/visitor/index.html`, `<root>/guide/index.html`, `<root>/assets/*` (names carry a hash). */
export function pages({
  root,
  arrivals,
  log,
}: {
  root: string;
  arrivals: Pick<Arrivals, 'of'>;
  log: Log;
}): Middleware {
  const stills = new Stills({ root, log });
  const assets = serve(root, { maxage: YEAR_MS, immutable: true, index: false });
  return async (context, next) => {
    if (context.method !== 'GET' && context.method !== 'HEAD') return next();
    const page = pageOf(context.path);
    if (page === 'visitor')
      return sendVisitors(context, join(root, page, 'index.html'), { arrivals, stills });
    if (page) return send(context, join(root, page, 'index.html'));
    if (context.path.startsWith('/assets/')) return sendAsset(() => assets(context, next));
    return next();
  };
}

export const securityHeaders: Middleware = async (context, next) => {
  context.set('Content-Security-Policy', `${POLICY}; ${connections(context)}`);
  context.set('X-Content-Type-Options', 'nosniff');
  context.set('Referrer-Policy', 'no-referrer');
  await next();
};

/** Older Safaris do not count the events socket as `'self'`: it is named, but no other host's is. */
function connections({ host, secure }: Context): string {
  const named = /^[\w.-]+(:\d{1,5})?$/.test(host);
  return `connect-src 'self'${named ? ` ${secure ? 'wss' : 'ws'}://${host}` : ''}`;
}

function pageOf(path: string): 'visitor' | 'guide' | undefined {
  if (path === '/' || /^\/j\/[^/]+\/?$/.test(path)) return 'visitor';
  if (/^\/guide(\/.*)?$/.test(path)) return 'guide';
  return undefined;
}

/** A path that leads out of the folder, or is no path at all, is refused by the library: nothing is there. */
async function sendAsset(serveAsset: () => Promise<unknown>): Promise<void> {
  try {
    await serveAsset();
  } catch (error) {
    if (error instanceof Error && 'status' in error && Number(error.status) < 500)
      throw new UbizoError('not_found', 'There is nothing at this address.', { cause: error });
    throw error;
  }
}

async function send(context: Context, file: string): Promise<void> {
  context.body = await read(file);
  context.type = 'html';
  context.set('Cache-Control', 'no-cache');
}

/** With what it is to show, which is as it is now: the page need not ask for it. */
async function sendVisitors(
  context: Context,
  file: string,
  { arrivals, stills }: { arrivals: Pick<Arrivals, 'of'>; stills: Stills },
): Promise<void> {
  const [, typed] = /^\/j\/([^/]+)/.exec(context.path) ?? [];
  const [html, arrival] = await Promise.all([
    read(file),
    arrivals.of(typed === undefined ? undefined : decoded(typed), context.req.socket.remoteAddress ?? ''),
  ]);
  const still = await stills.of(arrival, wishesOf(context));
  context.body = withArrival(html, arrival, {
    still,
    best: (languages) => context.acceptsLanguages(languages),
  });
  const policy = context.response.get('Content-Security-Policy');
  context.set('Content-Security-Policy', `${policy}; ${scripts(html)}`);
  context.type = 'html';
  context.set('Cache-Control', 'no-store');
}

/** What was chosen on the captive portal comes along in the address. */
function wishesOf({ query, request }: Context): string[] {
  const chosen = typeof query['lang'] === 'string' ? [query['lang']] : [];
  return [...chosen, ...request.acceptsLanguages()];
}

/**
 * What comes in the page may run as it was built, and nothing else in it. The decoder of sound that comes over a WebSocket
 * is WebAssembly; scripts that are made at run time stay forbidden.
 */
function scripts(html: string): string {
  const [, own] = HEAD_START.exec(html) ?? [];
  const hash = own === undefined ? '' : ` 'sha256-${createHash('sha256').update(own).digest('base64')}'`;
  return `script-src 'self'${hash} 'wasm-unsafe-eval'`;
}

/** What is no text is no tour's code either. */
function decoded(typed: string): string {
  try {
    return decodeURIComponent(typed);
  } catch {
    return '';
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UbizoError('not_found', 'The pages have not been built yet: run "npm run build".', {
      cause: error,
    });
  }
}
