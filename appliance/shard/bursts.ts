import type { FrameMessage } from './messages.ts';

/** A thread that sends for longer does nothing else meanwhile: no check is answered, no new phone heard. */
const LONGEST_MS = 10;
/** Packets between two looks at the clock. */
const STRIDE = 16;
/** What was handed over longer ago is not sent any more: late sound only makes what comes after it late, ms. */
const TOO_LATE_MS = 500;
/** What has begun in time is finished, or the last phones would be those who miss, again and again; unless it stalls. */
const AMPLE = 2;
/** Handed over no further apart than the shortest frame is long, frames fall on one another, ms. */
const TOGETHER_MS = 20;

interface Recipient {
  deliver(frame: FrameMessage): void;
  /** A frame that it would have had is left out. */
  miss(): void;
}

interface Burst {
  readonly frame: FrameMessage;
  readonly audience: ReadonlySet<Recipient>;
  /** Who still waits for it; goes on where it stopped. */
  readonly rest: IterableIterator<Recipient>;
  done: number;
  begun: boolean;
  tooLate: boolean;
}

/**
 * Frames on their way to those who hear them, in the order in which they came; each phone gets its frames in turn. Of
 * languages whose frames fall on one another the one with the fewest phones goes first: that makes it sooner by all that
 * the others would have taken, and them later by its little. After {@link LONGEST_MS} the event loop has a turn. A thread that was kept from its work goes on with
 * what is fresh: what is too late is left out, oldest first, for all who still wait for it.
 */
export class Bursts {
  private readonly options: {
    /** The clock by which frames are stamped, ms. */
    readonly now: () => number;
    readonly tooLateMs?: number | undefined;
    /** Before packets go out. */
    readonly onBegin: () => void;
    /** A frame has left for all; not called for one that was cut short. */
    readonly onSent: (frame: FrameMessage) => void;
  };
  private readonly waiting: Burst[] = [];
  private next: NodeJS.Immediate | undefined;
  /** Since the last time somebody asked. */
  private packets = 0;
  private missed = 0;
  private handled = 0;

  constructor(options: Bursts['options']) {
    this.options = options;
  }

  /** Somebody still waits for a frame that is there. */
  get underWay(): boolean {
    return this.waiting.length > 0;
  }

  /** Hot path: one frame to everyone who hears its channel. */
  add(frame: FrameMessage, audience: ReadonlySet<Recipient>): void {
    this.waiting.push({ frame, audience, rest: audience.values(), done: 0, begun: false, tooLate: false });
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

  /** Packets that were left out because they were too late, since the last time somebody asked. */
  takeMissed(): number {
    const { missed } = this;
    this.missed = 0;
    return missed;
  }

  private readonly goOn = (): void => {
    const { now, tooLateMs = TOO_LATE_MS, onBegin, onSent } = this.options;
    const { waiting } = this;
    this.next = undefined;
    onBegin();
    const until = now() + LONGEST_MS;
    for (
      let index = this.first(), burst = waiting[index];
      burst;
      index = this.first(), burst = waiting[index]
    ) {
      const { frame } = burst;
      burst.tooLate ||= now() - frame.at > (burst.begun ? AMPLE * tooLateMs : tooLateMs);
      burst.begun = true;
      for (const seat of burst.rest) {
        burst.done++;
        if (burst.tooLate) {
          this.missed++;
          seat.miss();
        } else {
          this.packets++;
          seat.deliver(frame);
        }
        this.handled = (this.handled + 1) % STRIDE;
        if (this.handled !== 0 || now() < until) continue;
        this.next = setImmediate(this.goOn);
        return;
      }
      if (index === 0) waiting.shift();
      else waiting.splice(index, 1);
      if (!burst.tooLate) onSent(frame);
    }
  };

  /** Which goes on: of those that came with the oldest the one that is soonest done, each channel's in its order. */
  private first(): number {
    const { waiting } = this;
    const oldest = waiting[0];
    let best = 0;
    let least = left(oldest);
    for (let i = 1; i < waiting.length; i++) {
      const burst = waiting[i];
      if (!burst || !oldest || burst.frame.at - oldest.frame.at > TOGETHER_MS) break;
      if (left(burst) >= least || this.channelWaitsBefore(i, burst.frame.channel)) continue;
      best = i;
      least = left(burst);
    }
    return best;
  }

  private channelWaitsBefore(index: number, channel: number): boolean {
    for (let i = 0; i < index; i++) if (this.waiting[i]?.frame.channel === channel) return true;
    return false;
  }
}

/** Phones that still wait. */
function left(burst: Burst | undefined): number {
  return burst ? burst.audience.size - burst.done : 0;
}
