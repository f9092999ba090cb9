import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
} from 'cockatiel';

/** - `closed`: all is well. `open`: it is left alone. `half-open`: one tries whether it is back. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** One try that was let through. Exactly one of them is called, once; what comes later is not heard. */
export interface Attempt {
  succeed(): void;
  fail(): void;
  /** It was given up before it showed anything. */
  cancel(): void;
}

export interface BreakerOptions {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** How long it stays open before one may try again, ms. */
  readonly restMs: number;
}

const STATES: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/** A circuit breaker: whoever needs something outside the box shares what the others have met there. */
export class Breaker {
  private readonly policy: CircuitBreakerPolicy;
  private readonly observers = new Set<() => void>();

  constructor({ failures, restMs }: BreakerOptions) {
    this.policy = circuitBreaker(handleAll, {
      breaker: new ConsecutiveBreaker(failures),
      halfOpenAfter: restMs,
    });
    this.policy.onStateChange(() => {
      for (const observer of this.observers) observer();
    });
  }

  get state(): BreakerState {
    return STATES[this.policy.state];
  }

  /** Called after each change of {@link state}. @returns what to call to hear no more of it. */
  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** @returns nothing while it is open, and while another one tries whether that is over. */
  enter(): Attempt | undefined {
    // The policy would make the second one wait for the first.
    if (this.state === 'half-open') return undefined;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let entered = false;
    // Work that is let through is begun before `execute` returns.
    this.policy
      .execute(() => {
        entered = true;
        return promise;
      })
      .catch(() => undefined);
    if (!entered) return undefined;
    const trial = this.policy.state === CircuitState.HalfOpen;
    const fail = (): void => reject(new Error('failed'));
    return { succeed: resolve, fail, cancel: trial ? fail : () => undefined };
  }
}
