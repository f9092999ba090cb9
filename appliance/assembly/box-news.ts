import { outsideOf } from '../breaker/outside.ts';
import { gauge } from '../health/metrics.ts';
import { BoxNews } from '../http/events/box-news.ts';
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
