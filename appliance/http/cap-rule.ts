import { UbizoError } from '../protocol/errors.ts';
import type { SignedIn } from './access.ts';

/** What a tour may cost, US dollars, as the owner has set it. */
export interface CapRule {
  /** Undefined: as much as it takes. */
  readonly spendCapUsd?: number | undefined;
  /** How far guides may raise it; undefined: not at all. */
  readonly raisableToUsd?: number | undefined;
}

/** How far someone may raise the cap of a tour, US dollars; undefined: as far as they like. */
export function raisableTo({ role, account }: SignedIn, rule: CapRule): number | undefined {
  const { spendCapUsd, raisableToUsd = 0 } = rule;
  if (spendCapUsd === undefined || role === 'owner' || !account) return undefined;
  return Math.max(spendCapUsd, raisableToUsd);
}

/** @throws UbizoError `spend_cap_too_high`. */
export function expectRaisable(wanted: number | null | undefined, who: SignedIn, rule: CapRule): void {
  const most = raisableTo(who, rule);
  if (most === undefined || wanted === undefined || wanted === null || wanted <= most) return;
  throw new UbizoError(
    'spend_cap_too_high',
    `The owner of this box lets guides raise the cap of a tour to $${most} and no further.`,
  );
}
