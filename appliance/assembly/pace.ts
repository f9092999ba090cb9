import { counter, gauges } from '../health/metrics.ts';
import { Paces } from '../pace/paces.ts';
import type { ChannelDeskView } from '../protocol/views.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';

export interface PacePart extends Part {
  readonly paces: Paces;
  /** Of the translation that is furthest behind; nothing while none is heard. */
  readonly greatestLagMs: () => number | undefined;
}

/** How well the translations keep up with their guides, and who is asked to slow down. */
export function pacePart({ tours: { tours } }: { tours: ToursPart }): PacePart {
  const paces = new Paces();
  tours.accompany(paces);
  /** Of each language that is heard somewhere, the greatest. */
  const greatest = (read: (channel: ChannelDeskView) => number | undefined): Map<string, number> => {
    const found = new Map<string, number>();
    const channels = tours
      .all()
      .flatMap((tour) => (tour.record.state === 'live' ? tour.deskView().channels : []));
    for (const channel of channels) {
      const figure = channel.state === 'live' ? read(channel) : undefined;
      if (figure === undefined) continue;
      found.set(channel.language, Math.max(figure, found.get(channel.language) ?? 0));
    }
    return found;
  };
  return {
    name: 'pace',
    paces,
    greatestLagMs: () => {
      const lags = [...greatest(({ pace, lagMs }) => pace && lagMs).values()];
      return lags.length === 0 ? undefined : Math.max(...lags);
    },
    metrics: (registry) => {
      gauges(registry, {
        name: 'ubizo_translation_lag_ms',
        help: 'From a word spoken to the same word heard, of the tour that is furthest behind',
        label: 'language',
        read: () => greatest(({ pace, lagMs }) => pace && lagMs),
      });
      gauges(registry, {
        name: 'ubizo_translation_tempo',
        help: 'How much faster than it was made a translation is heard, of the fastest',
        label: 'language',
        read: () => greatest(({ pace }) => pace?.tempo),
      });
      counter(registry, {
        name: 'ubizo_skipped_sentences_total',
        help: 'Sentences of which something was not heard, because the voice was too far behind',
        label: 'language',
        read: () => paces.skipped,
      });
    },
  };
}
