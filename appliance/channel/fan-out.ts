import type { FrameSink, OpusFrame } from './channel.ts';
import { Redundancy } from './redundancy.ts';

/** Hands each frame to every sink. One sink that throws never keeps the frame from the others. Hot path. */
export class FanOut {
  private readonly sinks = new Set<FrameSink>();
  private readonly redundancy = new Redundancy();
  private readonly onSinkError: (error: unknown) => void;

  constructor({ onSinkError }: { onSinkError: (error: unknown) => void }) {
    this.onSinkError = onSinkError;
  }

  get size(): number {
    return this.sinks.size;
  }

  subscribe(sink: FrameSink): () => void {
    this.sinks.add(sink);
    return () => {
      this.sinks.delete(sink);
    };
  }

  deliver(frame: OpusFrame): void {
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
