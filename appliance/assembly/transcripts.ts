import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { transcriptRoutes } from '../http/routes/transcripts.ts';
import { visitRoutes } from '../http/routes/visits.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { Transcripts } from '../transcript/transcripts.ts';
import { storageCheck } from './checks.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';
import type { BoxState } from './storage.ts';

export interface TranscriptsPart extends Part {
  readonly transcripts: Transcripts;
}

/** What is said, written down. Stops after the tours: their last words are written too. */
export function transcriptsPart({
  settings,
  log,
  state,
  clock,
  tours: { tours, store },
}: {
  settings: Settings;
  log: Log;
  state: BoxState;
  clock: Clock;
  tours: ToursPart;
}): TranscriptsPart {
  const transcripts = new Transcripts({
    directory: join(settings.data, 'transcripts'),
    store,
    boxKeepDays: () => state.kept.device.retention.transcriptDays,
    clock,
    log,
  });
  tours.accompany(transcripts);
  return {
    name: 'transcripts',
    transcripts,
    stop: () => transcripts.stop(),
    routes: [...transcriptRoutes({ tours, transcripts }), ...visitRoutes({ tours, transcripts })],
    checks: storageCheck(transcripts),
  };
}

/** Deletes what is old enough, once the tours have what they go on with. */
export function retentionPart({ transcripts }: TranscriptsPart): Part {
  return { name: 'retention', start: () => transcripts.start() };
}
