import type { TourRecord } from './record.ts';

export interface UnsavedChangesOptions {
  /** Resolves when the changes are on the disk. */
  readonly save: (changes: Partial<TourRecord>) => Promise<void>;
  readonly retryMs?: number;
}

const RETRY_MS = 5_000;

/**
 * Changes of a tour that are in effect whatever the disk does: start and end, mute, the microphone. The guide's voice
 * does not wait for a disk; what could not be saved is tried again until it is.
 */
export class UnsavedChanges {
  private readonly options: UnsavedChangesOptions;
  private changes: Partial<TourRecord> = {};
  private saving: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: UnsavedChangesOptions) {
    this.options = options;
  }

  /** Saves at once. Resolves when that is done, or has failed for now. */
  async keep(changes: Partial<TourRecord>): Promise<void> {
    Object.assign(this.changes, changes);
    await this.save();
  }

  /** Saves at once, with what waits. @throws what saving throws: then they are not to be made. */
  async put(changes: Partial<TourRecord>): Promise<void> {
    while (this.saving) await this.saving;
    const waiting = this.changes;
    this.changes = {};
    try {
      await this.options.save({ ...waiting, ...changes });
    } catch (error) {
      this.changes = { ...waiting, ...this.changes };
      this.saveIn(this.options.retryMs ?? RETRY_MS);
      throw error;
    }
  }

  /** Saves in a while, with what comes until then. */
  keepSoon(changes: Partial<TourRecord>, ms: number): void {
    Object.assign(this.changes, changes);
    this.saveIn(ms);
  }

  /** Tries a last time. */
  async stop(): Promise<void> {
    await this.save();
    clearTimeout(this.timer);
  }

  /** The tour is deleted: there is nothing left to save. */
  forget(): void {
    clearTimeout(this.timer);
    this.changes = {};
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    // One after the other, or an older change could be written over a newer one.
    while (this.saving) await this.saving;
    const { changes } = this;
    if (Object.keys(changes).length === 0) return;
    this.changes = {};
    this.saving = this.attempt(changes);
    await this.saving;
  }

  private async attempt(changes: Partial<TourRecord>): Promise<void> {
    try {
      await this.options.save(changes);
    } catch {
      // That nothing can be saved is told by the storage. What was changed meanwhile holds.
      this.changes = { ...changes, ...this.changes };
      this.saveIn(this.options.retryMs ?? RETRY_MS);
    } finally {
      this.saving = undefined;
    }
  }

  private saveIn(ms: number): void {
    this.timer ??= setTimeout(() => void this.save(), ms);
  }
}
