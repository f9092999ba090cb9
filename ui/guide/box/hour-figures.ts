import { msg } from '@lit/localize';
import type { BoxSample } from '../../../appliance/protocol/last-hour.ts';
import { pageLocale } from '../../texts/locale.ts';

/** One line of a diagram. */
export interface Curve {
  /** Missing where a diagram has one line only. */
  readonly name?: string;
  readonly read: (sample: BoxSample) => number | undefined;
}

/** One diagram. */
export interface Figure {
  readonly name: string;
  readonly curves: readonly Curve[];
  /** How a value is said. */
  readonly say: (value: number) => string;
  /** Upper end of the axis, where it is known before. */
  readonly most?: number;
}

const saying =
  (options: Intl.NumberFormatOptions) =>
  (value: number): string =>
    new Intl.NumberFormat(pageLocale(), options).format(value);

const percent = saying({ style: 'percent', maximumFractionDigits: 0 });

/** What there is to see of an hour, by what somebody who looks for a fault asks first. */
export function figures(): readonly Figure[] {
  return [
    {
      name: msg('Phones that listen'),
      curves: [{ read: ({ listeners }) => listeners }],
      say: saying({ maximumFractionDigits: 0 }),
    },
    {
      name: msg('Phones that hear well'),
      curves: [{ read: ({ hearWell }) => hearWell }],
      say: percent,
      most: 1,
    },
    {
      name: msg('Translation behind the guide'),
      curves: [{ read: ({ lagMs }) => (lagMs === undefined ? undefined : lagMs / 1_000) }],
      say: saying({ style: 'unit', unit: 'second', maximumFractionDigits: 1 }),
    },
    {
      name: msg('Processor'),
      curves: [
        { name: msg('All of it'), read: ({ cpu }) => cpu },
        { name: msg('Busiest part'), read: ({ thread }) => thread },
      ],
      say: percent,
      most: 1,
    },
    {
      name: msg('Temperature'),
      curves: [{ read: ({ temperatureC }) => temperatureC }],
      say: saying({ style: 'unit', unit: 'celsius', maximumFractionDigits: 0 }),
    },
    {
      name: msg('Internet'),
      curves: [
        { name: msg('From the box'), read: ({ upKbps }) => upKbps },
        { name: msg('To the box'), read: ({ downKbps }) => downKbps },
      ],
      say: saying({ style: 'unit', unit: 'kilobit-per-second', maximumFractionDigits: 0 }),
    },
  ];
}

/** The clock's time of a sample. */
export function timeOf(at: number): string {
  return new Intl.DateTimeFormat(pageLocale(), { timeStyle: 'short' }).format(at);
}

/** Every so many minutes one sample: what a table can hold. The newest is always among them, and comes first. */
export function rows(samples: readonly BoxSample[], everyMs = 300_000): readonly BoxSample[] {
  const picked: BoxSample[] = [];
  for (const sample of samples.toReversed()) {
    const last = picked.at(-1);
    if (!last || last.at - sample.at >= everyMs) picked.push(sample);
  }
  return picked;
}
