import { USUAL_ASKING } from '../protocol/asking.ts';
import type { MicrophoneView, TourDeskView, TourView } from '../protocol/views.ts';
import type { Attendance } from './attendance.ts';
import type { Outcome } from './outcome.ts';
import type { TourRecord } from './record.ts';
import type { Spend } from './spend.ts';
import type { Stage } from './stage.ts';

/** A tour as any visitor who joined may see it. */
export function visitorsView(record: TourRecord, stage: Stage): TourView {
  const { id, code, name, state, muted, floorLanguage, languages, asking = USUAL_ASKING } = record;
  return {
    id,
    code,
    name,
    state,
    muted,
    microphoneThere: isThere(stage.microphone.view()),
    floorLanguage,
    languages,
    asking,
    channels: stage.channels().map(({ language, state: heard, by, lagMs, rough, writtenBy }) => ({
      language,
      state: heard,
      by,
      lagMs,
      rough,
      ...(writtenBy && { writtenBy }),
    })),
  };
}

/** One that is being opened, or waits for its turn to be, is not missed yet. */
export function isThere({ id, state }: MicrophoneView): boolean {
  return id !== 'none' && (state === 'open' || state === 'opening');
}

/** A tour as its guide sees it. */
export function guidesView(
  record: TourRecord,
  {
    joinUrl,
    stage,
    attendance,
    spend,
    outcome,
  }: { joinUrl: string; stage: Stage; attendance: Attendance; spend: Spend; outcome: Outcome },
): Omit<TourDeskView, 'guide' | 'mine'> {
  const { summary } = outcome;
  const { createdAt, startedAt, endedAt, glossary, notes, retention, entryCode } = record;
  return {
    ...visitorsView(record, stage),
    joinUrl,
    createdAt,
    ...(glossary && { glossary }),
    ...(notes !== undefined && { notes }),
    ...(retention && { retention }),
    ...(entryCode && { entryCode }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    microphone: stage.microphone.view(),
    channels: stage.channels(),
    spend: spend.view(),
    ...(summary && { summary }),
    attendees: attendance.list(),
  };
}
