import type { TourRecord } from './record.ts';
import { UnsavedChanges } from './unsaved-changes.ts';

/** What is stored of a tour: as it holds now, and what of that the disk does not have yet. */
export class KeptRecord {
  readonly unsaved: UnsavedChanges;
  private record: TourRecord;

  constructor({
    record,
    save,
  }: {
    record: TourRecord;
    save: (changes: Partial<TourRecord>) => Promise<void>;
  }) {
    this.record = record;
    this.unsaved = new UnsavedChanges({ save });
  }

  get now(): TourRecord {
    return this.record;
  }

  /** Holds from now on; nobody is told, and nothing is saved. */
  assume(changes: Partial<TourRecord>): void {
    this.record = { ...this.record, ...changes };
  }
}
