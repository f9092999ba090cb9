import type { BreakerState } from '../breaker/breaker.ts';
import { gauge } from '../health/metrics.ts';
import { BoxNews } from '../http/events/box-news.ts';
import type { OutsideView } from '../protocol/box-state.ts';
import type { BreakersPart } from './ice.ts';
import type { ListenersPart } from './listeners.ts';
import type { InterpreterPart } from './media.ts';
import type { Part } from './part.ts';
import type { StreamsPart } from './streams.ts';

export interface BoxNewsPart extends Part {
  readonly news: BoxNews;
}

interface WhatIsUsed {
  readonly listeners: ListenersPart;
  readonly streams: StreamsPart;
  readonly interpreter: InterpreterPart;
  readonly breakers: BreakersPart;
}

/** How much of the box is in use, and what it does without. */
export function boxNewsPart({
  listeners: { listeners },
  streams: { streams },
  interpreter: { engines },
  breakers: { breakers },
}: WhatIsUsed): BoxNewsPart {
  const news = new BoxNews({
    look: () => ({
      listeners: listeners.size + streams.size,
      mostListeners: listeners.most,
      modelSessions: engines.modelSessions,
      outside: outsideOf(breakers.states),
    }),
    sources: [
      (observer) => listeners.subscribe(observer),
      (observer) => streams.subscribe(observer),
      (observer) => breakers.subscribe(observer),
      (observer) => engines.subscribe(observer),
    ],
  });
  return {
    name: 'box-news',
    news,
    start: () => news.start(),
    stop: () => news.stop(),
    metrics: (registry) => {
      gauge(registry, 'ubizo_listeners_most', 'Phones that may be sent sound', () => listeners.most);
      gauge(
        registry,
        'ubizo_model_sessions',
        'Sessions with the interpreter’s server',
        () => engines.modelSessions,
      );
    },
  };
}

const KINDS: Readonly<Record<string, OutsideView['kind']>> = {
  translation: 'interpreting',
  conversation: 'interpreting',
  transcription: 'captions',
  text: 'texts',
};

/** Of each kind the worst. */
function outsideOf(states: ReadonlyMap<string, BreakerState>): OutsideView[] {
  const found = new Map<OutsideView['kind'], OutsideView['state']>();
  for (const [name, state] of states) {
    const kind = KINDS[name] ?? 'ice';
    // These are tried every half minute, whether they answer or not: that is no news.
    const shown = kind === 'ice' && state === 'half-open' ? 'open' : state;
    if (shown !== 'closed' && found.get(kind) !== 'open') found.set(kind, shown);
  }
  return [...found].map(([kind, state]) => ({ kind, state }));
}
