import type { VisitorVoice, VisitorVoiceOptions } from '../microphone/visitor-voice.ts';
import type { IceAnswer } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import { UbizoError } from '../protocol/errors.ts';

/** Each is a connection in a shard, though nothing is sent to it. */
const MOST = 60;

/** 480 samples, 20 ms, read during the call only; `capturedAt`: ms of `performance.now()`. */
export type HearVoice = (samples: Int16Array, capturedAt: number) => void;

export interface VisitorVoicesOptions {
  readonly createVoice: (options: Omit<VisitorVoiceOptions, 'openPeer'>) => VisitorVoice;
  /** Who is heard because it is their turn. */
  readonly holds: (attendee: string) => boolean;
  /** Whether who has just begun to be heard is heard with the second before. */
  readonly fromBefore?: (attendee: string) => boolean;
  readonly onFrame: (attendee: string, samples: Int16Array, capturedAt: number) => void;
  readonly onDropped: () => void;
  /** Their connection is over. */
  readonly onGone: (attendee: string) => void;
  readonly most?: number;
}

/** The microphones of a tour's visitors that are connected: one for each visitor, the newest. */
export class VisitorVoices {
  private readonly options: VisitorVoicesOptions;
  private readonly byAttendee = new Map<string, VisitorVoice>();
  private readonly taps = new Map<string, Set<HearVoice>>();
  private opening = 0;

  constructor(options: VisitorVoicesOptions) {
    this.options = options;
  }

  get size(): number {
    return this.byAttendee.size;
  }

  of(attendee: string): VisitorVoice | undefined {
    return this.byAttendee.get(attendee);
  }

  /** @throws UbizoError `listener_not_found`: another one, or none, is this visitor's voice by now. */
  get(id: string, attendee: string): VisitorVoice {
    const voice = this.byAttendee.get(attendee);
    if (!voice || voice.id !== id)
      throw new UbizoError('listener_not_found', 'This microphone is no longer connected; offer it anew.');
    return voice;
  }

  /** A visitor's earlier connection gives way once this one is answered. @throws UbizoError `box_busy`, `bad_sdp`. */
  async connect({
    attendee,
    ...connection
  }: {
    attendee: string;
    offer: Offer;
    addresses: readonly string[];
  }): Promise<{ id: string; answer: IceAnswer }> {
    if (!this.byAttendee.has(attendee) && this.size + this.opening >= (this.options.most ?? MOST))
      throw new UbizoError('box_busy', 'Many microphones are connected. Try again in a moment, or write.');
    const { createVoice, fromBefore, onFrame, onDropped } = this.options;
    const voice: VisitorVoice = createVoice({
      attendee,
      heard: () => this.isHeard(voice),
      ...(fromBefore && { fromBefore: () => fromBefore(attendee) }),
      onFrame: (samples, capturedAt) => {
        if (this.options.holds(attendee)) onFrame(attendee, samples, capturedAt);
        const taps = this.taps.get(attendee);
        if (taps) for (const hear of taps) hear(samples, capturedAt);
      },
      onDropped,
      onState: (changed) => this.changed(changed),
    });
    this.opening++;
    try {
      const answer = await voice.connect(connection);
      const before = this.byAttendee.get(attendee);
      this.byAttendee.set(attendee, voice);
      before?.close();
      this.changed(voice);
      return { id: voice.id, answer };
    } finally {
      this.opening--;
    }
  }

  /** Hears a visitor whoever has the floor. @returns what to call to hear no more of it. */
  tap(attendee: string, hear: HearVoice): () => void {
    const taps = this.taps.get(attendee) ?? new Set();
    this.taps.set(attendee, taps.add(hear));
    return () => {
      taps.delete(hear);
      if (taps.size === 0 && this.taps.get(attendee) === taps) this.taps.delete(attendee);
    };
  }

  /** Whether somebody does. */
  isTapped(attendee: string): boolean {
    return this.taps.has(attendee);
  }

  close(attendee: string): void {
    this.byAttendee.get(attendee)?.close();
  }

  closeAll(): void {
    for (const voice of this.byAttendee.values()) voice.close();
  }

  private isHeard(voice: VisitorVoice): boolean {
    const { attendee } = voice;
    return this.of(attendee) === voice && (this.options.holds(attendee) || this.taps.has(attendee));
  }

  private changed(voice: VisitorVoice): void {
    if (voice.state !== 'closed' || this.of(voice.attendee) !== voice) return;
    this.byAttendee.delete(voice.attendee);
    this.options.onGone(voice.attendee);
  }
}
