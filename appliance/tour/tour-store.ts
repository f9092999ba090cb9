import * as z from 'zod/mini';
import { type TourRecord, tourRecord } from './record.ts';

/** What is stored of the tours. */
export interface TourState {
  tours: TourRecord[];
  /** Tours that were deleted, of which something may be left elsewhere. */
  erasing: string[];
}

/** The tours' sections of the state file. */
export const tourSections = {
  tours: { since: 1, schema: z.array(tourRecord), first: (): TourRecord[] => [] },
  erasing: { since: 2, schema: z.array(z.string()), first: (): string[] => [] },
};

interface State {
  readonly kept: { readonly tours: readonly Readonly<TourRecord>[]; readonly erasing: readonly string[] };
  update<T>(change: (draft: TourState) => T): Promise<T>;
}

/** The tours as they are on the disk. All changes resolve when they are there. @throws UbizoError `storage_failed`. */
export class TourStore {
  private readonly state: State;

  constructor({ state }: { state: State }) {
    this.state = state;
  }

  get tours(): readonly Readonly<TourRecord>[] {
    return this.state.kept.tours;
  }

  get erasing(): readonly string[] {
    return this.state.kept.erasing;
  }

  async add(record: TourRecord): Promise<void> {
    await this.state.update(({ tours }) => void tours.push(record));
  }

  /** A tour that was deleted meanwhile stays so. */
  async change(id: string, changes: Partial<TourRecord>): Promise<void> {
    await this.changeAll(new Map([[id, changes]]));
  }

  /** In one write. */
  async changeAll(changes: ReadonlyMap<string, Partial<TourRecord>>): Promise<void> {
    await this.state.update(({ tours }) => {
      for (const tour of tours) Object.assign(tour, changes.get(tour.id));
    });
  }

  async delete(id: string): Promise<void> {
    await this.state.update((draft) => {
      draft.tours = draft.tours.filter((tour) => tour.id !== id);
      draft.erasing.push(id);
    });
  }

  /** Nothing is left of a tour that was deleted. */
  async erased(id: string): Promise<void> {
    await this.state.update((draft) => {
      draft.erasing = draft.erasing.filter((tour) => tour !== id);
    });
  }
}
