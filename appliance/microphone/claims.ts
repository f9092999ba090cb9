/** One who wants to be heard through a microphone that only one at a time can have. */
export interface Claimant {
  /** Comes before those who only try theirs. */
  readonly live: boolean;
  /** It is theirs. `free`: when the one before has let go of it, if there was one. */
  granted(free: Promise<unknown> | undefined): void;
  /** It is another's. Also called when it was not theirs. Resolves once it was let go of. */
  revoked(): Promise<unknown>;
}

interface Place {
  /** In the order in which they came. */
  readonly claimants: Set<Claimant>;
  holder: Claimant | undefined;
  free: Promise<unknown> | undefined;
}

/**
 * Whose the box's own microphones are: a device belongs to the first live tour that wants it; while none is live, to
 * the first that tries it. Whoever waits has it as soon as it is free.
 */
export class Claims {
  private readonly isShared: (id: string) => boolean;
  private readonly places = new Map<string, Place>();

  /** @param isShared whether any number may have the microphone with this id at once */
  constructor({ isShared }: { isShared: (id: string) => boolean }) {
    this.isShared = isShared;
  }

  /** @returns what to call when it is not wanted any more, with when it will have been let go of. */
  claim(id: string, claimant: Claimant): (free: Promise<unknown>) => void {
    if (this.isShared(id)) {
      claimant.granted(undefined);
      return () => undefined;
    }
    const place = this.places.get(id) ?? { claimants: new Set(), holder: undefined, free: undefined };
    this.places.set(id, place);
    place.claimants.add(claimant);
    this.settle(id);
    return (free) => {
      place.claimants.delete(claimant);
      if (place.holder === claimant) {
        place.holder = undefined;
        place.free = Promise.all([place.free, free]);
      }
      this.settle(id);
    };
  }

  /** Whether a live tour other than the claimant's has it. */
  isTaken(id: string, claimant: Claimant): boolean {
    const holder = this.places.get(id)?.holder;
    return holder !== undefined && holder !== claimant && holder.live;
  }

  /** Somebody is live, or no longer. */
  settle(id: string): void {
    const place = this.places.get(id);
    if (!place) return;
    const { holder, claimants } = place;
    const next = holder?.live
      ? holder
      : ([...claimants].find(({ live }) => live) ?? holder ?? [...claimants][0]);
    if (next === holder) return;
    place.holder = next;
    if (holder) place.free = Promise.all([place.free, holder.revoked()]);
    next?.granted(place.free);
  }
}
