import { Breaker, type BreakerOptions, type BreakerState } from './breaker.ts';

/** The breakers of the box, by what is behind them: each is made once, and shared by whoever names it. */
export class Breakers {
  private readonly byName = new Map<string, Breaker>();
  private readonly observers = new Set<() => void>();

  /** @param options used by whoever names it first */
  of(name: string, options: BreakerOptions): Breaker {
    const known = this.byName.get(name);
    if (known) return known;
    const breaker = new Breaker(options);
    breaker.subscribe(() => this.tell());
    this.byName.set(name, breaker);
    this.tell();
    return breaker;
  }

  /** What was behind it is no more. */
  drop(name: string): void {
    if (this.byName.delete(name)) this.tell();
  }

  get states(): ReadonlyMap<string, BreakerState> {
    return new Map([...this.byName].map(([name, { state }]) => [name, state]));
  }

  /** Called when one has come, gone or changed. @returns what to call to hear no more of it. */
  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  private tell(): void {
    for (const observer of this.observers) observer();
  }
}
