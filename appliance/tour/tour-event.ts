import type { CaptionLine, ChannelDeskView, MicrophoneView, TourDeskView } from '../protocol/views.ts';
import type { AttendanceNews, Attendee } from './attendance.ts';
import type { LevelReading } from './desk-microphone.ts';

/** What a tour tells whoever observes it. */
export type TourEvent =
  | { readonly type: 'tour-changed'; readonly changes: Partial<Omit<TourDeskView, 'channels' | 'attendees'>> }
  | { readonly type: 'caption'; readonly line: CaptionLine }
  | { readonly type: 'channel'; readonly channel: ChannelDeskView }
  | ({ readonly type: 'attendees' } & AttendanceNews)
  /** By the guide; their pass is good for nothing from now on. */
  | { readonly type: 'removed'; readonly attendee: string }
  | { readonly type: 'microphone'; readonly microphone: MicrophoneView }
  | ({ readonly type: 'level' } & LevelReading)
  /** By id: their language was taken off the tour and they hear the guide now, or its channel is a new one. */
  | { readonly type: 'moved'; readonly attendees: ReadonlyMap<string, Attendee> }
  /** Deleted, or the box is stopping: nothing more will come. */
  | { readonly type: 'stopped' };

/** Who observes a tour. */
export class TourObservers {
  private readonly observers = new Set<(event: TourEvent) => void>();

  /** @returns what to call to hear no more of it. */
  add(observer: (event: TourEvent) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  readonly tell = (event: TourEvent): void => {
    for (const observer of this.observers) observer(event);
  };
}
