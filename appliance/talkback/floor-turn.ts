import type { Floor } from '../floor/floor.ts';
import type { JitterBuffer } from '../microphone/jitter-buffer.ts';

/** One's own voice, late, makes people stutter; and two phones in a room howl: what is still on its way is not sent either. */
const AFTERWARDS_MS = 1_500;

export interface FloorTurnOptions {
  readonly floor: Pick<Floor, 'give' | 'takeBack'>;
  /** Sends a visitor nothing of their channel. Resolves when that is so; what `undo` is called for ends it. */
  readonly hush: (attendee: string) => { readonly done: Promise<unknown>; readonly undo: () => void };
  readonly createBuffer: () => JitterBuffer;
  readonly bargesIn: () => boolean;
  /** The guide has spoken up, and the floor is theirs again. */
  readonly onBargeIn: () => void;
}

interface Speaker {
  readonly attendee: string;
  readonly buffer: JitterBuffer;
}

/** A visitor's voice as the voice of the tour: their own phone falls silent first. */
export class FloorTurn {
  private readonly options: FloorTurnOptions;
  /** By visitor: what lets them hear again, and when. */
  private readonly hushed = new Map<string, { undo: () => void; timer: NodeJS.Timeout | undefined }>();
  private speaker: Speaker | undefined;

  constructor(options: FloorTurnOptions) {
    this.options = options;
  }

  /** Theirs is the voice of the tour from now on; nobody's: the guide's. */
  set(attendee: string | undefined): void {
    const before = this.speaker?.attendee;
    if (attendee === before) return;
    this.speaker = undefined;
    if (before !== undefined) this.letHear(before, AFTERWARDS_MS);
    if (attendee === undefined) {
      this.options.floor.takeBack();
      return;
    }
    const speaker = { attendee, buffer: this.options.createBuffer() };
    this.speaker = speaker;
    void this.begin(speaker);
  }

  /** 480 samples of who speaks; read during the call only. */
  hear(samples: Int16Array): void {
    this.speaker?.buffer.push(samples);
  }

  stop(): void {
    this.set(undefined);
    for (const attendee of this.hushed.keys()) this.letHear(attendee, 0);
  }

  private async begin(speaker: Speaker): Promise<void> {
    await this.hush(speaker.attendee);
    if (this.speaker !== speaker) return;
    const { floor, bargesIn, onBargeIn } = this.options;
    floor.give({ voice: speaker.buffer, bargesIn, onBargeIn });
  }

  private hush(attendee: string): Promise<unknown> {
    const known = this.hushed.get(attendee);
    if (known) {
      clearTimeout(known.timer);
      known.timer = undefined;
      return Promise.resolve();
    }
    const { done, undo } = this.options.hush(attendee);
    this.hushed.set(attendee, { undo, timer: undefined });
    return done;
  }

  private letHear(attendee: string, afterMs: number): void {
    const hushed = this.hushed.get(attendee);
    if (!hushed) return;
    clearTimeout(hushed.timer);
    const end = (): void => {
      this.hushed.delete(attendee);
      hushed.undo();
    };
    if (afterMs === 0) end();
    else hushed.timer = setTimeout(end, afterMs);
  }
}
