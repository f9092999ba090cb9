import type { Channel } from '../../channel/channel.ts';
import type { MicrophoneTaps } from '../../microphone/microphone-taps.ts';
import { primarySubtag } from '../../protocol/languages.ts';
import type { CallEnd } from '../../protocol/talk.ts';
import type { Tour } from '../../tour/tour.ts';
import type { DeskListeners } from '../desk-listeners.ts';
import { type Talkbacks, voiceInto, type VoiceParts } from '../talkbacks.ts';
import type { TourTalk } from '../tour-talk.ts';
import { CallLine } from './call-line.ts';
import { CALL_TIMING, type CallTiming } from './timing.ts';
import { type Call, type FloorMeanwhile, TourCalls } from './tour-calls.ts';

export interface CallsOptions extends VoiceParts {
  readonly talkbacks: Pick<Talkbacks, 'of'>;
  readonly desks: DeskListeners;
  readonly taps: MicrophoneTaps;
  /** In place of the tour an attendee hears this, by whatever way. @returns what to call when it is over. */
  readonly divert: (attendee: string, channel: Channel) => () => void;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly timing?: Partial<CallTiming>;
}

/** The private calls of all tours. Nothing of what is said is written down. */
export class Calls {
  /** How calls have ended. */
  readonly ends = new Map<CallEnd, number>();
  private readonly options: CallsOptions;
  private readonly timing: CallTiming;
  private readonly byTour = new Map<string, TourCalls>();

  constructor(options: CallsOptions) {
    this.options = options;
    this.timing = { ...CALL_TIMING, ...options.timing };
  }

  /** How many are taken just now. */
  get active(): number {
    return [...this.byTour.values()].filter(({ active }) => active).length;
  }

  /** Nothing for a tour that is not there. */
  of(tour: string): TourCalls | undefined {
    return this.byTour.get(tour);
  }

  /** Whether each would hear the other in their own language, as it is now. */
  isInterpreted(tour: Tour, attendee: string): boolean {
    const { floorLanguage } = tour.record;
    const language = languageOf(tour, attendee);
    if (primarySubtag(language) === primarySubtag(floorLanguage)) return false;
    const interpreting = this.options.interpreting(tour);
    const by = (from: string, to: string): string => interpreting.outlook(from, to).by;
    return by(language, floorLanguage) !== 'guide' && by(floorLanguage, language) !== 'guide';
  }

  /** A tour has come. @returns what to call when it goes. */
  follow(talk: TourTalk): () => void {
    const { tour } = talk;
    const { id } = tour.record;
    const calls = new TourCalls({
      timing: this.timing,
      now: this.options.now,
      expectMay: (attendee) => talk.rules.expectMay(attendee),
      connect: (call, floor, onLost) => this.connect(talk, call, floor, onLost),
      onEnd: (end) => void this.ends.set(end, (this.ends.get(end) ?? 0) + 1),
    });
    this.byTour.set(id, calls);
    const unsubscribe = tour.subscribe((event) => {
      if (event.type === 'removed') calls.remove(event.attendee);
      else if (event.type === 'tour-changed' && event.changes.state === 'ended') calls.endAll();
    });
    return () => {
      unsubscribe();
      calls.stop();
      this.byTour.delete(id);
    };
  }

  stop(): void {
    for (const calls of this.byTour.values()) calls.endAll();
  }

  private connect(talk: TourTalk, call: Call, floor: FloorMeanwhile, onLost: () => void): () => void {
    const { tour, voices } = talk;
    const { attendee } = call;
    const { desks, taps, divert, talkbacks } = this.options;
    const { id, floorLanguage: guideSpeaks, muted } = tour.record;
    const visitorSpeaks = languageOf(tour, attendee);
    const toGuide = voiceInto(tour, this.options, { language: guideSpeaks, ear: `${call.id} to the guide` });
    const toVisitor = voiceInto(tour, this.options, { language: visitorSpeaks, ear: `${call.id} to them` });
    const ways = { visitorSpeaks, guideSpeaks, toGuide, toVisitor, voices, taps };
    const line = new CallLine({ tour: id, attendee, ...ways, timing: this.timing, onLost });
    talk.release(attendee);
    line.start();
    desks.tune(id, toGuide.channel);
    const goBack = divert(attendee, toVisitor.channel);
    // Whoever was muted before stays so.
    const unmute = floor === 'muted' && !muted ? muteForNow(tour) : undefined;
    return () => {
      goBack();
      const talkback = talkbacks.of(id);
      if (talkback) desks.tune(id, talkback.channel);
      void line.stop();
      unmute?.();
    };
  }
}

/** @returns what undoes it, unless the guide has done anything about it meanwhile: that holds. */
function muteForNow(tour: Tour): () => void {
  tour.mute(true);
  let ours = true;
  const unsubscribe = tour.subscribe((event) => {
    if (event.type === 'tour-changed' && event.changes.muted !== undefined) ours = false;
  });
  return () => {
    unsubscribe();
    if (ours) tour.mute(false);
  };
}

function languageOf(tour: Tour, attendee: string): string {
  return tour.attendance.get(attendee)?.language ?? tour.record.floorLanguage;
}
