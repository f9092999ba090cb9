import type { Accounts } from '../account/accounts.ts';
import type { TourDeskView } from '../protocol/views.ts';
import type { Tour } from '../tour/tour.ts';
import type { SignedIn } from './access.ts';
import { type CapRule, raisableTo } from './cap-rule.ts';

/** A tour as it is shown to one who may see its desk: with whose it is. */
export class DeskViews {
  private readonly accounts: Pick<Accounts, 'find'>;
  private readonly cap: () => CapRule;

  constructor({ accounts, cap }: { accounts: Pick<Accounts, 'find'>; cap: () => CapRule }) {
    this.accounts = accounts;
    this.cap = cap;
  }

  of(tour: Tour, who: SignedIn): TourDeskView {
    const { role, account } = who;
    const most = raisableTo(who, this.cap());
    // A tour without a guide, or whose guide's account is gone, is the owner's.
    const guide = tour.record.guide === undefined ? undefined : this.accounts.find(tour.record.guide);
    const mine = guide ? guide.id === account?.id : role === 'owner' || !account;
    return {
      ...tour.deskView(),
      ...(guide && { guide: { id: guide.id, name: guide.name ?? guide.email } }),
      ...(most !== undefined && { raisableToUsd: most }),
      mine,
    };
  }
}
