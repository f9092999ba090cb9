import type { Session } from './session.ts';

/** How far the next session is, while one is live. */
export type Relay =
  | { readonly kind: 'planned'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'opening'; readonly next: Session }
  | { readonly kind: 'ready'; readonly next: Session };

/** What an interpreter that goes through a chain of sessions is at. */
export type Phase =
  | { readonly kind: 'new' }
  | { readonly kind: 'opening'; readonly session: Session }
  | { readonly kind: 'live'; readonly session: Session; readonly since: number; relay: Relay }
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'stopping'; readonly drained: () => void }
  | { readonly kind: 'over' };
