import type { OutsideView } from '../protocol/box-state.ts';
import type { BreakerState } from './breaker.ts';

/** By the name of its breaker; those of ICE servers bear their addresses. */
const KINDS: Readonly<Record<string, OutsideView['kind']>> = {
  translation: 'interpreting',
  conversation: 'interpreting',
  transcription: 'captions',
  text: 'texts',
  reading: 'reading',
};

/** What people are told of it: of each kind the worst. */
export function outsideOf(states: ReadonlyMap<string, BreakerState>): OutsideView[] {
  const found = new Map<OutsideView['kind'], OutsideView['state']>();
  for (const [name, state] of states) {
    const kind = KINDS[name] ?? 'ice';
    // These are tried every half minute, whether they answer or not: that is no news.
    const shown = kind === 'ice' && state === 'half-open' ? 'open' : state;
    if (shown !== 'closed' && found.get(kind) !== 'open') found.set(kind, shown);
  }
  return [...found].map(([kind, state]) => ({ kind, state }));
}
