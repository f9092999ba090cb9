import type { FrameMessage } from './messages.ts';

/** A thread that sends for longer does nothing else meanwhile: no check is answered, no new phone heard. */
const LONGEST_MS = 10;
/** Packets between two looks at the clock. */
const STRIDE = 16;

interface Recipient {
  deliver(frame: FrameMessage): void;
}

interface Burst {
  readonly frame: FrameMessage;
  /** Who still waits for it; goes on where it stopped. */
  readonly audience: IterableIterator<Recipient>;
}

/**
 * Frames on their way to those who hear them, one after the other, in the order in which they came: each phone gets its
 * frames in turn. After {@link LONGEST_MS} the event loop has a turn.
 */
export class Bursts {
  private readonly options: {
    readonly now: () => number;
    /** Before packets go out. */
    readonly onBegin: () => void;
    /** A frame has left for all. */
    readonly onSent: (frame: FrameMessage) => void;
  };
  private readonly waiting: Burst[] = [];
  private next: NodeJS.Immediate | undefined;
  /** Since the last time somebody asked. */
  private packets = 0;

  constructor(options: Bursts['options']) {
    this.options = options;
  }

  /** Somebody still waits for a frame that is there. */
  get underWay(): boolean {
    return this.waiting.length > 0;
  }

  /** Hot path: one frame to everyone who hears its channel. */
  add(frame: FrameMessage, audience: ReadonlySet<Recipient>): void {
    this.waiting.push({ frame, audience: audience.values() });
    if (!this.next) this.goOn();
  }

  stop(): void {
    clearImmediate(this.next);
    this.next = undefined;
    this.waiting.length = 0;
  }

  takePackets(): number {
    const { packets } = this;
    this.packets = 0;
    return packets;
  }

  private readonly goOn = (): void => {
    const { now, onBegin, onSent } = this.options;
    const { waiting } = this;
    this.next = undefined;
    onBegin();
    const until = now() + LONGEST_MS;
    for (let burst = waiting[0]; burst; burst = waiting[0]) {
      const { frame } = burst;
      for (const seat of burst.audience) {
        seat.deliver(frame);
        if (++this.packets % STRIDE !== 0 || now() < until) continue;
        this.next = setImmediate(this.goOn);
        return;
      }
      waiting.shift();
      onSent(frame);
    }
  };
}
