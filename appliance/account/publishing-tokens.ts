import { createHash, randomBytes } from 'node:crypto';
import { UbizoError } from '../protocol/errors.ts';
import type { Sectioned } from '../storage/section.ts';
import type { Accounts } from './accounts.ts';

/** What a publishing token is good for. */
export interface PublisherPass {
  readonly tour: string;
  /** Of the token, as it is kept. */
  readonly tokenHash: string;
}

/** A tour's record, as far as tokens go. */
interface PublishedTour {
  readonly id: string;
  readonly state: string;
  readonly guide?: string | undefined;
  publishing?: { tokenHash: string; createdAt: number; account?: string | undefined } | undefined;
}

interface TourState {
  tours: PublishedTour[];
}

export interface PublishingTokensOptions {
  readonly state: Sectioned<TourState>;
  readonly accounts: Pick<Accounts, 'claimed' | 'find'>;
  readonly clock: { now(): number };
}

/**
 * Publishing tokens: an encoder that shows one is the microphone of one tour (RFC 9725, 4.7), and nothing else. A tour has
 * one at most; it is good as long as the tour, unless it is revoked, replaced, or who made it may no longer guide the tour.
 * Only its hash is kept.
 */
export class PublishingTokens {
  private readonly options: PublishingTokensOptions;
  private readonly observers = new Set<() => void>();

  constructor(options: PublishingTokensOptions) {
    this.options = options;
  }

  /** Called when a token is no longer good. */
  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  /** Since when the tour has one, ms since the epoch. */
  since(tour: string): number | undefined {
    const publishing = this.recordOf(tour)?.publishing;
    return publishing && this.isGood(tour) ? publishing.createdAt : undefined;
  }

  /** A new one; the one before is no longer good. @param account whose it is. @throws UbizoError `tour_over`, `storage_failed`. */
  async make(tour: string, account?: string): Promise<string> {
    if (this.recordOf(tour)?.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
    const token = randomBytes(24).toString('base64url');
    await this.change(tour, {
      tokenHash: hashOf(token),
      createdAt: this.options.clock.now(),
      ...(account !== undefined && { account }),
    });
    return token;
  }

  /** @throws UbizoError `storage_failed`. */
  async revoke(tour: string): Promise<void> {
    if (this.recordOf(tour)?.publishing) await this.change(tour, undefined);
  }

  /** Every tour's. @throws UbizoError `storage_failed`. */
  async revokeAll(): Promise<void> {
    await this.options.state.update(({ tours }) => {
      for (const tour of tours) delete tour.publishing;
    });
    this.tell();
  }

  /** @throws UbizoError `token_invalid`. */
  verify(token: string): PublisherPass {
    const tokenHash = hashOf(token);
    const tour = this.options.state.kept.tours.find(
      ({ publishing }) => publishing?.tokenHash === tokenHash,
    )?.id;
    if (tour !== undefined && this.isGood(tour)) return { tour, tokenHash };
    throw new UbizoError('token_invalid', 'This is no publishing token of a tour here; make a new one.');
  }

  /** Whether what was good is so still. */
  has({ tour, tokenHash }: PublisherPass): boolean {
    return this.recordOf(tour)?.publishing?.tokenHash === tokenHash && this.isGood(tour);
  }

  /** Whether who made it may still guide the tour. */
  private isGood(tour: string): boolean {
    const { accounts } = this.options;
    const record = this.recordOf(tour);
    if (!record?.publishing) return false;
    const { account } = record.publishing;
    if (account === undefined) return !accounts.claimed;
    const maker = accounts.find(account);
    if (maker?.status !== 'active') return false;
    return maker.role === 'owner' || (maker.role === 'guide' && record.guide === maker.id);
  }

  private async change(id: string, publishing: PublishedTour['publishing']): Promise<void> {
    await this.options.state.update(({ tours }) => {
      const tour = tours.find((each) => each.id === id);
      if (tour) tour.publishing = publishing;
    });
    this.tell();
  }

  private tell(): void {
    for (const observer of this.observers) observer();
  }

  private recordOf(id: string): Readonly<PublishedTour> | undefined {
    return this.options.state.kept.tours.find((tour) => tour.id === id);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
