import { Floor, type FloorOptions } from './floor.ts';

/** The floor of each tour. */
export class Floors {
  private readonly options: FloorOptions;
  private readonly byTour = new Map<string, Floor>();

  constructor(options: FloorOptions) {
    this.options = options;
  }

  of(tour: string): Floor {
    const floor = this.byTour.get(tour) ?? new Floor(this.options);
    this.byTour.set(tour, floor);
    return floor;
  }

  /** The tour is no more. */
  forget(tour: string): void {
    this.byTour.delete(tour);
  }
}
