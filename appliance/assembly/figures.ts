import type { RecentLog } from '../log.ts';
import type { Settings } from '../settings.ts';
import { type BoxNewsPart, boxNewsPart } from './box-news.ts';
import { diagnosticsPart } from './diagnostics.ts';
import type { HttpPart } from './http.ts';
import type { BreakersPart } from './ice.ts';
import { type LastHourPart, lastHourPart } from './last-hour.ts';
import type { ListenersPart } from './listeners.ts';
import type { InterpreterPart, ShardsPart } from './media.ts';
import type { NetworkPart } from './network.ts';
import type { PacePart } from './pace.ts';
import type { Part } from './part.ts';
import type { QualityPart } from './quality.ts';
import type { StreamsPart } from './streams.ts';
import type { ToursPart } from './tours.ts';

interface FigureParts {
  readonly boxNews: BoxNewsPart;
  readonly lastHour: LastHourPart;
  readonly figures: readonly Part[];
}

interface WhatIsMeasured {
  readonly settings: Settings;
  readonly version: string;
  readonly recent: RecentLog;
  readonly shards: ShardsPart;
  readonly breakers: BreakersPart;
  readonly interpreter: InterpreterPart;
  readonly tours: ToursPart;
  readonly listeners: ListenersPart;
  readonly streams: StreamsPart;
  readonly pace: PacePart;
  readonly quality: QualityPart;
  readonly network: NetworkPart;
  /** Which is made after them. */
  readonly http: () => HttpPart;
}

/** How the box is, in figures: now, in the last hour, and all that it knows of how it works. */
export function figureParts(parts: WhatIsMeasured): FigureParts {
  const boxNews = boxNewsPart(parts);
  const lastHour = lastHourPart({ ...parts, boxNews });
  return {
    boxNews,
    lastHour,
    figures: [boxNews, lastHour, diagnosticsPart({ ...parts, boxNews, lastHour })],
  };
}
