import type { Companion } from './companion.ts';
import type { Tour } from './tour.ts';

/** Who goes with every tour of the box. */
export class Companions {
  private readonly companions: Companion[] = [];
  /** By tour. */
  private readonly undos = new Map<string, readonly (() => void)[]>();

  add(companion: Companion): void {
    this.companions.push(companion);
  }

  follow(tour: Tour): void {
    this.undos.set(
      tour.record.id,
      this.companions.map((companion) => companion.follow(tour)),
    );
  }

  leave({ record: { id } }: Tour): void {
    for (const undo of this.undos.get(id) ?? []) undo();
    this.undos.delete(id);
  }

  async recall(tour: Tour): Promise<void> {
    for (const companion of this.companions) await companion.recall?.(tour);
  }

  async deleted(id: string): Promise<void> {
    for (const companion of this.companions) await companion.deleted?.(id);
  }
}
