import type { SoundSpan, StatsReport } from '../../appliance/protocol/quality.ts';

interface How {
  readonly heard?: number;
  readonly lost?: number;
  readonly packets?: number;
}

/** Half a second of sound in packets of 20 ms. `heard`: the share that was invented. */
export function span({ heard = 0, lost = 0, packets = 25 - lost }: How = {}): SoundSpan {
  return { ms: 500, packets, lost, samples: 24_000, concealed: Math.round(24_000 * heard) };
}

/** Five seconds alike. */
export function report(how: How = {}): StatsReport {
  return { type: 'stats', agoMs: 0, spans: Array.from({ length: 10 }, () => span(how)) };
}

/** Nothing came for a second and a half in the middle of five. */
export function withSilence(): StatsReport {
  const silent = span({ packets: 0 });
  return { type: 'stats', agoMs: 0, spans: [span(), span(), span(), silent, silent, silent, span(), span()] };
}
