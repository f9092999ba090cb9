import { gauge, gauges } from '../health/metrics.ts';
import { qualityRoutes } from '../http/routes/quality.ts';
import type { PhoneQuality } from '../protocol/quality-view.ts';
import { distributionOf, suffers } from '../quality/distribution.ts';
import { Qualities } from '../quality/qualities.ts';
import { median } from '../quality/score.ts';
import type { ListenersPart } from './listeners.ts';
import type { Part } from './part.ts';
import type { StreamsPart } from './streams.ts';
import type { ToursPart } from './tours.ts';

export interface QualityPart extends Part {
  readonly qualities: Qualities;
  /** Phones of which there is a verdict, by how well they hear. */
  readonly distribution: () => Readonly<Record<string, number>>;
  /** Share of these that hear well or better, 0 to 1; nothing without one. */
  readonly hearWell: () => number | undefined;
}

/** How well the sound is heard, and what is sent so that it is heard better. */
export function qualityPart({
  tours: { tours },
  listeners: { listeners },
  streams: { streams },
}: {
  tours: ToursPart;
  listeners: ListenersPart;
  streams: StreamsPart;
}): QualityPart {
  const qualities = new Qualities({ listeners, streams });
  tours.accompany(qualities);
  const phones = (): PhoneQuality[] => [...qualities.all()].flatMap((quality) => quality.phones());
  const distribution = () => distributionOf(phones().map((phone) => phone.class));
  return {
    name: 'quality',
    qualities,
    distribution,
    hearWell: () => {
      const classes = phones().map((phone) => phone.class);
      const well = classes.filter((each) => !suffers(each)).length;
      return classes.length === 0 ? undefined : well / classes.length;
    },
    routes: qualityRoutes({ qualities }),
    metrics: (registry) => {
      gauges(registry, {
        name: 'ubizo_listeners_by_quality',
        help: 'Phones by how well they hear, of which there is a verdict',
        label: 'quality',
        read: () => new Map(Object.entries(distribution())),
      });
      gauge(
        registry,
        'ubizo_listener_score',
        'How well phones hear, 0 to 100, the median; 100 without any',
        () => median(phones().map(({ score }) => score)) ?? 100,
      );
      gauge(
        registry,
        'ubizo_heard_loss_ratio',
        'Share of the sound that was audibly invented, the median of phones',
        () => median(phones().map(({ heardLoss }) => heardLoss)) ?? 0,
      );
      gauges(registry, {
        name: 'ubizo_listeners_by_redundancy',
        help: 'Phones by how many earlier frames each of their packets repeats',
        label: 'distance',
        read: () => {
          const counts = new Map([0, 1, 2].map((distance) => [String(distance), 0]));
          for (const { distance } of phones())
            counts.set(String(distance), (counts.get(String(distance)) ?? 0) + 1);
          return counts;
        },
      });
      gauges(registry, {
        name: 'ubizo_channel_level',
        help: 'Of each language: 1, the most of sound, to 5, the least, of the tour that is sent the least',
        label: 'language',
        read: () => {
          const levels = new Map<string, number>();
          for (const { language, level } of [...qualities.all()].flatMap((quality) => quality.channels()))
            levels.set(language, Math.max(level, levels.get(language) ?? 0));
          return levels;
        },
      });
    },
  };
}
