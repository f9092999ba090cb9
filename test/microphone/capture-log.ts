import { EventEmitter, once } from 'node:events';
import type { MicrophoneOutput, MicrophoneState } from '../../appliance/microphone/microphone.ts';

/** Keeps all that a microphone delivers, and lets a test await what it is to deliver next. */
export class CaptureLog implements MicrophoneOutput {
  readonly states: MicrophoneState[] = [];
  readonly frames: { readonly samples: Int16Array; readonly capturedAt: number; readonly at: number }[] = [];
  private readonly events = new EventEmitter();

  onFrame(samples: Int16Array, capturedAt: number): void {
    this.frames.push({ samples: samples.slice(), capturedAt, at: performance.now() });
    this.events.emit('change');
  }

  onState(state: MicrophoneState): void {
    this.states.push(state);
    this.events.emit('change');
  }

  get kinds(): string[] {
    return this.states.map(({ kind }) => kind);
  }

  get samples(): Int16Array {
    const all = new Int16Array(this.frames.length * 480);
    this.frames.forEach(({ samples }, index) => all.set(samples, index * 480));
    return all;
  }

  /** Resolves when `condition` is true, now or after a coming event. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.events, 'change');
  }

  /** The first state of `kind`, there already or coming. */
  async state<Kind extends MicrophoneState['kind']>(
    kind: Kind,
    from = 0,
  ): Promise<Extract<MicrophoneState, { kind: Kind }>> {
    const find = () => this.states.slice(from).find((state) => state.kind === kind);
    await this.until(() => find() !== undefined);
    return find() as Extract<MicrophoneState, { kind: Kind }>;
  }
}
