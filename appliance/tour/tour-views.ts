import type {
  AttendeeView,
  ChannelDeskView,
  MicrophoneView,
  SpendView,
  Summary,
  TourDeskView,
  TourView,
} from '../protocol/views.ts';
import type { TourRecord } from './record.ts';

/** A tour as any visitor who joined may see it. */
export function visitorsView(
  record: TourRecord,
  { channels, microphone }: { channels: readonly ChannelDeskView[]; microphone: MicrophoneView },
): TourView {
  const { id, code, name, state, muted, floorLanguage, languages } = record;
  return {
    id,
    code,
    name,
    state,
    muted,
    microphoneThere: isThere(microphone),
    floorLanguage,
    languages,
    channels: channels.map(({ language, state: heard, by, lagMs, rough }) => ({
      language,
      state: heard,
      by,
      lagMs,
      rough,
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
    microphone,
    channels,
    attendees,
    spend,
    summary,
  }: {
    joinUrl: string;
    microphone: MicrophoneView;
    channels: ChannelDeskView[];
    attendees: AttendeeView[];
    spend: SpendView;
    summary: Summary | undefined;
  },
): Omit<TourDeskView, 'guide' | 'mine'> {
  const { createdAt, startedAt, endedAt, glossary, notes, retention, entryCode } = record;
  return {
    ...visitorsView(record, { channels, microphone }),
    joinUrl,
    createdAt,
    ...(glossary && { glossary }),
    ...(notes !== undefined && { notes }),
    ...(retention && { retention }),
    ...(entryCode && { entryCode }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    microphone,
    channels,
    spend,
    ...(summary && { summary }),
    attendees,
  };
}
