import { dueMs, newestDue, type Schedule } from './clock.ts';
import type { Lateness } from './lateness.ts';

/** Frames that are counted: from the first up to, but not, the last. */
export interface FrameWindow {
  readonly from: number;
  readonly to: number;
}

/** What all listeners of a load generator count into. */
export interface Tally {
  schedule: Schedule | undefined;
  window: FrameWindow;
  /** Of the frames in the window. */
  received: number;
  readonly lateness: Lateness;
  /** Since the beginning: sequence numbers left out, numbers that came twice or late, frames that nobody numbered. */
  gaps: number;
  strays: number;
  skipped: number;
  /** Times that a listener had taken its first packet for a newer frame than it was. */
  recalibrated: number;
}

/** Earlier than this before its due time, and a packet must belong to an older frame, ms. */
const EARLY_MS = 1;

/**
 * What one listener receives, read from RTP's header alone (RFC 3550, 5.1), which is in the clear. Sender and
 * sequence tell what is missing. Which frame it is follows from the timestamp, whose random base is taken from the
 * first packet: that is the newest frame that is due by then. If it was an older one, some later packet seems to
 * come before its time, and the base is put right. Hot path: once per packet; allocates nothing.
 */
export class Reception {
  readonly language: number;
  /** -1: nothing yet. */
  lastFrame = -1;
  private readonly tally: Tally;
  private expected = 0;
  private lastTimestamp = 0;

  constructor({ language, tally }: { language: number; tally: Tally }) {
    this.language = language;
    this.tally = tally;
  }

  get highestSequenceNumber(): number {
    return (this.expected - 1) & 0xffff;
  }

  /** @returns the frame that the packet brings, or -1 when it does not count. */
  receive(packet: Buffer, now: number): number {
    const { tally, language } = this;
    const { schedule } = tally;
    if (!schedule || packet.length < 12) return -1;
    const sequenceNumber = packet.readUInt16BE(2);
    const timestamp = packet.readUInt32BE(4);
    if (this.lastFrame < 0) {
      this.lastFrame = newestDue(schedule, language, now);
    } else {
      const ahead = (sequenceNumber - this.expected) & 0xffff;
      if (ahead >= 0x8000) {
        tally.strays++;
        return -1;
      }
      tally.gaps += ahead;
      const frames = Math.round(((timestamp - this.lastTimestamp) | 0) / (schedule.frameMs * 48));
      tally.skipped += frames - 1;
      this.lastFrame += frames;
    }
    this.expected = (sequenceNumber + 1) & 0xffff;
    this.lastTimestamp = timestamp;
    let late = now - dueMs(schedule, language, this.lastFrame);
    if (late < -EARLY_MS) {
      tally.recalibrated++;
      this.lastFrame = newestDue(schedule, language, now);
      late = now - dueMs(schedule, language, this.lastFrame);
    }
    if (this.lastFrame >= tally.window.from && this.lastFrame < tally.window.to) {
      tally.received++;
      tally.lateness.add(late);
    }
    return this.lastFrame;
  }
}
