import { EventEmitter, on } from 'node:events';
import type {
  InterpreterCaption,
  InterpreterOutput,
  InterpreterState,
} from '../../../appliance/interpreter/interpreter.ts';

/** Keeps all that an interpreter delivers; what a test waits for is awaited, not slept for. */
export class Heard implements InterpreterOutput {
  readonly captions: InterpreterCaption[] = [];
  readonly source: InterpreterCaption[] = [];
  readonly states: InterpreterState[] = [];
  readonly speech: Int16Array[] = [];
  private readonly events = new EventEmitter();

  onSpeech(samples: Int16Array): void {
    this.speech.push(samples);
    this.events.emit('change');
  }

  onCaption(caption: InterpreterCaption): void {
    this.captions.push(caption);
    this.events.emit('change');
  }

  onSourceCaption(caption: InterpreterCaption): void {
    this.source.push(caption);
    this.events.emit('change');
  }

  onState(state: InterpreterState): void {
    this.states.push(state);
    this.events.emit('change');
  }

  get state(): InterpreterState['kind'] | undefined {
    return this.states.at(-1)?.kind;
  }

  get text(): string {
    return this.captions.map(({ text }) => text).join(' ');
  }

  get seconds(): number {
    return this.speech.reduce((sum, { length }) => sum + length, 0) / 24_000;
  }

  /** dBFS of everything spoken. */
  get loudness(): number {
    let sum = 0;
    let count = 0;
    for (const samples of this.speech) {
      for (const sample of samples) sum += sample ** 2;
      count += samples.length;
    }
    return 10 * Math.log10(sum / count / 32_768 ** 2);
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    const signal = AbortSignal.timeout(25_000);
    try {
      if (condition()) return;
      for await (const _ of on(this.events, 'change', { signal })) if (condition()) return;
    } catch {
      throw new Error(`waited in vain for ${what}; state ${this.state}, captions: ${this.text}`);
    }
  }
}
