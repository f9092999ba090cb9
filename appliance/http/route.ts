import type { Context } from 'koa';
import type { Identity } from '../account/tokens.ts';

/** One call of the HTTP API. Every route says who may make it; the table is checked before the handler runs. */
export type Route = { readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; readonly path: string } & (
  | { readonly who: 'anyone'; readonly handle: (context: Context) => Promise<void> | void }
  | { readonly who: 'guide'; readonly handle: (context: Context) => Promise<void> | void }
  | {
      readonly who: 'attendee';
      readonly handle: (
        context: Context,
        who: Extract<Identity, { role: 'attendee' }>,
      ) => Promise<void> | void;
    }
);

/** A path's parameter, as the router found it. */
export function parameter(context: Context, name: string): string {
  const { params } = context as Context & { params?: Record<string, string | undefined> };
  return params?.[name] ?? '';
}
