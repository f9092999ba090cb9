import type { Listener } from './listener.ts';

/** `connected`: the way for sound was there. `failed`: it never was. `refused`: the box took no offer. */
export type AttemptOutcome = 'connected' | 'failed' | 'refused';

/** How phones' attempts to connect have ended since the start. Nobody is named. */
export class Attempts {
  readonly counts = new Map<AttemptOutcome, number>([
    ['connected', 0],
    ['failed', 0],
    ['refused', 0],
  ]);
  private readonly open = new Set<Listener>();

  begin(listener: Listener): void {
    this.open.add(listener);
  }

  /** The listener's state may have changed. */
  look(listener: Listener): void {
    const { state } = listener;
    if (state === 'connecting' || !this.open.delete(listener)) return;
    this.count(state === 'closed' ? 'failed' : 'connected');
  }

  refuse(): void {
    this.count('refused');
  }

  private count(outcome: AttemptOutcome): void {
    this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
  }
}
