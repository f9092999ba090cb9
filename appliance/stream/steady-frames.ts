import { type Channel, type FrameSink, mediaTime, type OpusFrame } from '../channel/channel.ts';
import { SILENT_OPUS, SILENT_OPUS_DURATION } from '../channel/hushed-channel.ts';

/** A frame may come so long after its time, at the onset of speech or on a busy box: only then silence is put in: 300 ms. */
const PATIENCE = 300 * 48;
const LOOK_MS = 100;

/** A frame of a stream that never ends. */
export type SteadyFrame = Pick<OpusFrame, 'payload' | 'duration'>;

export const SILENT_FRAME: SteadyFrame = { payload: SILENT_OPUS, duration: SILENT_OPUS_DURATION };

/**
 * A channel's frames without the pauses in which it sends nothing: those are silence, so that a player never starves.
 * What comes late is not lost; the stream is then so much behind until the next pause.
 */
export class SteadyFrames {
  private readonly tell: (frame: SteadyFrame) => void;
  private readonly now: () => number;
  private readonly sink: FrameSink = { deliver: (frame) => this.take(frame) };
  /** When the next frame is due, on the media clock. */
  private next: number;
  private unsubscribe: (() => void) | undefined;
  private looking: NodeJS.Timeout | undefined;

  /** @param now the media clock */
  constructor({ tell, now = mediaTime }: { tell: (frame: SteadyFrame) => void; now?: () => number }) {
    this.tell = tell;
    this.now = now;
    this.next = 0;
  }

  start(channel: Pick<Channel, 'subscribe'>): void {
    this.next = this.now() - PATIENCE;
    this.unsubscribe = channel.subscribe(this.sink);
    this.looking = setInterval(() => this.fillUntil(this.now() - PATIENCE), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.looking);
    this.unsubscribe?.();
  }

  private take({ payload, duration, timestamp }: OpusFrame): void {
    this.fillUntil(timestamp);
    this.tell({ payload, duration });
    this.next += duration;
  }

  private fillUntil(time: number): void {
    for (; time - this.next >= SILENT_OPUS_DURATION; this.next += SILENT_OPUS_DURATION)
      this.tell(SILENT_FRAME);
  }
}
