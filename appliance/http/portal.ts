import type { Context, Middleware } from 'koa';
import { PORTAL_POLICY, renderPortal } from '../network/portal/page.ts';
import type { Portal, PortalAnswer, PortalRequest } from '../network/portal/portal.ts';
import { PORTAL_LANGUAGES } from '../network/portal/texts.ts';
import { nearestLanguage } from '../protocol/languages.ts';

/**
 * The captive portal in front of everything else. What it lets pass was meant for the box; all else is answered here,
 * without cookies, compression or storage, because a system's probe takes nothing that it does not expect.
 */
export function portalGate(portal: Portal): Middleware {
  return async (context, next) => {
    const answer = portal.answer(requestOf(context));
    if (answer.kind === 'pass') return next();
    // A phone that has left the box must not go on with what the box said.
    context.set('Cache-Control', answer.kind === 'api' ? 'private, no-store' : 'no-store');
    give(context, answer);
    return undefined;
  };
}

function requestOf(context: Context): PortalRequest {
  const { socket } = context.req;
  return {
    secure: context.secure,
    host: context.req.headers.host,
    path: context.path,
    query: new URLSearchParams(context.querystring),
    method: context.method,
    userAgent: context.get('User-Agent').slice(0, 512),
    remoteAddress: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    localAddress: (socket.localAddress ?? '').replace(/^::ffff:/, ''),
  };
}

function give(context: Context, answer: Exclude<PortalAnswer, { kind: 'pass' }>): void {
  switch (answer.kind) {
    case 'redirect':
      context.status = answer.status;
      context.set('Location', answer.to);
      context.body = '';
      break;
    case 'probe': {
      const { status, type, body, headers } = answer.answer;
      context.status = status;
      if (headers) context.set(headers);
      if (type !== undefined) context.set('Content-Type', type);
      context.body = body ?? null;
      context.status = status;
      break;
    }
    case 'api':
      context.body = JSON.stringify(answer.body);
      context.set('Content-Type', 'application/captive+json');
      break;
    case 'page': {
      const { view } = answer;
      const nearest = nearestLanguage(context.acceptsLanguages(), PORTAL_LANGUAGES);
      const language = view.chosen ?? PORTAL_LANGUAGES.find((each) => each === nearest) ?? 'en';
      context.set('Content-Security-Policy', PORTAL_POLICY);
      context.set('X-Content-Type-Options', 'nosniff');
      context.type = 'html';
      context.body = renderPortal(view, language);
      break;
    }
  }
}
