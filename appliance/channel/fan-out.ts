import type { FrameSink, OpusFrame } from './channel.ts';
import { Redundancy } from './redundancy.ts';
import { Sounding } from './sounding.ts';

/** Hands each frame to every sink. One sink that throws never keeps the frame from the others. Hot path. */
export class FanOut {
  private readonly sinks = new Set<FrameSink>();
  private readonly redundancy = new Redundancy();
  private readonly sounding = new Sounding();
  private readonly onSinkError: (error: unknown) => void;

  constructor({ onSinkError }: { onSinkError: (error: unknown) => void }) {
    this.onSinkError = onSinkError;
  }

  get size(): number {
    return this.sinks.size;
  }

  /** For how long frames have been coming without a pause, ms; 0 while none do. */
  get soundingMs(): number {
    return this.sounding.ms(performance.now());
  }

  /** Whether they did so all the time between two moments of the last half minute, ms of `performance.now()`. */
  sounded(from: number, to: number): boolean {
    return this.sounding.throughout(from, to);
  }

  subscribe(sink: FrameSink): () => void {
    this.sinks.add(sink);
    return () => {
      this.sinks.delete(sink);
    };
  }

  deliver(frame: OpusFrame): void {
    this.sounding.hear(performance.now());
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
