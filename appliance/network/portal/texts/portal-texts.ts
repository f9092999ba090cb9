import type { System } from '../probe-list.ts';

/** The portal's words. They are not the pages': the portal is read before anything else can be loaded. */
export interface PortalTexts {
  /** What the list of languages is. */
  readonly language: string;
  readonly welcome: string;
  readonly lines: readonly [string, string, string];
  readonly toStay: string;
  /** How to stay connected, on each system. */
  readonly stay: Readonly<Record<System | 'other', string>>;
  readonly continue: string;
  readonly connected: string;
  /** The way from a system's sign-in window to the real browser; the address follows. */
  readonly leave: Readonly<Record<'ios' | 'other', string>>;
  /** For who reads this in a browser already. */
  readonly open: string;
  readonly address: string;
  readonly scan: string;
}
