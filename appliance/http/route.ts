import type { Context } from 'koa';
import type { Account } from '../account/accounts.ts';
import type { AttendeePass } from '../account/tokens.ts';
import type { SignedIn, Speaker } from './access.ts';

type Handler<Who extends unknown[]> = (context: Context, ...who: Who) => Promise<void> | void;

/**
 * One call of the HTTP API. Every route says who may make it; that is checked before the handler runs. Where its path
 * names a tour (`:tour`, or `:id` after `/api/tours/`), a guide must be that tour's, and so must an attendee's pass.
 *
 * - `anyone`: no need to show anything.
 * - `signed-in`: any account.
 * - `guide`: a guide or the owner; on a box that nobody has claimed, who typed the setup code.
 * - `owner`: who owns the box.
 * - `attendee`: who has joined.
 * - `guide or publisher`: a guide, or an encoder with a publishing token of the tour.
 * - `guide or attendee`: by a token (`Authorization`, or `?token=`) who has joined, without one a guide.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
} & (
  | { readonly who: 'anyone'; readonly handle: Handler<[]> }
  | { readonly who: 'signed-in'; readonly handle: Handler<[SignedIn]> }
  | { readonly who: 'guide'; readonly handle: Handler<[SignedIn]> }
  | { readonly who: 'owner'; readonly handle: Handler<[SignedIn & { readonly account: Account }]> }
  | { readonly who: 'attendee'; readonly handle: Handler<[AttendeePass]> }
  | { readonly who: 'guide or publisher'; readonly handle: Handler<[Speaker]> }
  | { readonly who: 'guide or attendee'; readonly handle: Handler<[SignedIn | AttendeePass]> }
);

/** One line of the table of who may do what. */
export interface Permission {
  readonly method: Route['method'] | 'WebSocket';
  readonly path: string;
  readonly who: Route['who'];
}

/** A path's parameter, as the router found it. */
export function parameter(context: Context, name: string): string {
  const { params } = context as Context & { params?: Record<string, string | undefined> };
  return params?.[name] ?? '';
}

/** The tour that a request is about, if its route's path names one. */
export function tourNamed({ path }: Pick<Route, 'path'>, context: Context): string | undefined {
  if (path.includes('/:tour')) return parameter(context, 'tour');
  return path.startsWith('/api/tours/:id') ? parameter(context, 'id') : undefined;
}
