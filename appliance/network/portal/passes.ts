import type { Lease } from '../leases.ts';

interface Pass {
  /** The phone that had the address then; none when the box does not hand out addresses itself. */
  readonly hardware: string | undefined;
  readonly givenAt: number;
}

/** A day's tours are over by then; for phones whose lease nobody sees end. */
const LONGEST_MS = 12 * 3_600_000;
/** More than a box can have on its network; the oldest gives way. */
const MOST = 4_096;

export interface LeaseBook {
  readonly of: (address: string) => Lease | undefined;
  readonly subscribe: (listener: (leases: readonly Lease[]) => void) => () => void;
}

/**
 * Which phones have tapped Continue, by address, as the probes of their systems carry nothing else that tells them
 * apart. A pass ends with the phone's lease, and is worth nothing to the next phone that gets the address.
 */
export class Passes {
  private readonly leases: LeaseBook;
  private readonly now: () => number;
  private readonly passes = new Map<string, Pass>();
  private unsubscribe: (() => void) | undefined;

  constructor({ leases, now = () => performance.now() }: { leases: LeaseBook; now?: () => number }) {
    this.leases = leases;
    this.now = now;
  }

  start(): void {
    this.unsubscribe = this.leases.subscribe(() => {
      for (const address of this.passes.keys()) this.has(address);
    });
  }

  stop(): void {
    this.unsubscribe?.();
    this.passes.clear();
  }

  give(address: string): void {
    this.passes.delete(address);
    const [oldest] = this.passes.keys();
    if (this.passes.size >= MOST && oldest !== undefined) this.passes.delete(oldest);
    this.passes.set(address, { hardware: this.leases.of(address)?.hardware, givenAt: this.now() });
  }

  has(address: string): boolean {
    const pass = this.passes.get(address);
    if (!pass) return false;
    const hardware = this.leases.of(address)?.hardware;
    // The lease may be read a moment after the tap.
    if (pass.hardware === undefined && hardware !== undefined)
      this.passes.set(address, { ...pass, hardware });
    else if (pass.hardware !== hardware) this.passes.delete(address);
    if (this.now() - pass.givenAt > LONGEST_MS) this.passes.delete(address);
    return this.passes.has(address);
  }
}
