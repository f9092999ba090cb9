import type { FrameSink, OpusFrame } from './channel.ts';
import { Redundancy } from './redundancy.ts';

/** Longer than any frame, and than a busy machine holds one up; later than that it is silent, ms. */
const PAUSE_MS = 300;

/** Hands each frame to every sink. One sink that throws never keeps the frame from the others. Hot path. */
export class FanOut {
  private readonly sinks = new Set<FrameSink>();
  private readonly redundancy = new Redundancy();
  private since = 0;
  private last = -Infinity;
  private readonly onSinkError: (error: unknown) => void;

  constructor({ onSinkError }: { onSinkError: (error: unknown) => void }) {
    this.onSinkError = onSinkError;
  }

  get size(): number {
    return this.sinks.size;
  }

  /** For how long frames have been coming without a pause, ms; 0 while none do. */
  get soundingMs(): number {
    return performance.now() - this.last > PAUSE_MS ? 0 : this.last - this.since;
  }

  subscribe(sink: FrameSink): () => void {
    this.sinks.add(sink);
    return () => {
      this.sinks.delete(sink);
    };
  }

  deliver(frame: OpusFrame): void {
    const now = performance.now();
    if (now - this.last > PAUSE_MS) this.since = now;
    this.last = now;
    const shared = this.redundancy.add(frame);
    for (const sink of this.sinks) {
      try {
        sink.deliver(shared);
      } catch (error) {
        this.onSinkError(error);
      }
    }
  }
}
