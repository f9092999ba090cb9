import type { Accounts } from '../account/accounts.ts';
import type { TourDeskView } from '../protocol/views.ts';
import type { Tour } from '../tour/tour.ts';
import type { SignedIn } from './access.ts';

/** A tour as it is shown to one who may see its desk: with whose it is. */
export class DeskViews {
  private readonly accounts: Pick<Accounts, 'find'>;

  constructor({ accounts }: { accounts: Pick<Accounts, 'find'> }) {
    this.accounts = accounts;
  }

  of(tour: Tour, { role, account }: SignedIn): TourDeskView {
    // A tour without a guide, or whose guide's account is gone, is the owner's.
    const guide = tour.record.guide === undefined ? undefined : this.accounts.find(tour.record.guide);
    const mine = guide ? guide.id === account?.id : role === 'owner' || !account;
    return {
      ...tour.deskView(),
      ...(guide && { guide: { id: guide.id, name: guide.name ?? guide.email } }),
      mine,
    };
  }
}
