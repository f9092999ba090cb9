import { setTimeout as delay } from 'node:timers/promises';
import type { FloorFrame } from '../../floor/floor-frame.ts';
import type { InterpreterState } from '../interpreter.ts';
import type { Transcriber, TranscriberOutput } from '../transcriber.ts';
import type { HeardUtterance, Hearing, HearingMember } from './hearing.ts';
import { attemptOf, stateOf } from './program-state.ts';
import { readable } from './sentence.ts';
import type { ProgramTiming } from '../../program/timing.ts';

export interface OfflineTranscriberParts {
  readonly output: TranscriberOutput;
  /** The tour's, made when it has none yet. */
  readonly hearing: () => Hearing;
  readonly timing: ProgramTiming;
  readonly onStopped: () => void;
}

/** What the tour's recogniser has understood, line by line: the first half of an interpreter, without the rest. */
export class OfflineTranscriber implements Transcriber, HearingMember {
  private readonly parts: OfflineTranscriberParts;
  private hearing: Hearing | undefined;
  private unsubscribe: (() => void) | undefined;
  private state: InterpreterState | undefined;
  private stopped: Promise<void> | undefined;
  private over = false;
  /** Ends when everything heard so far has come out. */
  private work: Promise<void> = Promise.resolve();

  constructor(parts: OfflineTranscriberParts) {
    this.parts = parts;
  }

  start(): void {
    const hearing = this.parts.hearing();
    this.hearing = hearing;
    this.unsubscribe = hearing.recogniser.subscribe(() => this.report());
    hearing.join(this);
    this.report();
  }

  stop(): Promise<void> {
    this.stopped ??= this.finish();
    return this.stopped;
  }

  hear(frame: FloorFrame): void {
    this.hearing?.hear(this, frame);
  }

  onUtterance(utterance: HeardUtterance): void {
    this.work = this.work.then(() => this.write(utterance));
  }

  private async finish(): Promise<void> {
    const { timing, onStopped, output } = this.parts;
    const patience = new AbortController();
    await Promise.race([
      this.hearing?.fallSilent(this).then(() => this.work),
      delay(timing.stopMs, undefined, { signal: patience.signal }).catch(() => {}),
    ]);
    patience.abort();
    this.over = true;
    this.unsubscribe?.();
    await this.hearing?.leave(this);
    onStopped();
    output.onState({ kind: 'stopped' });
  }

  /** Never rejects: the next line must come. */
  private async write(utterance: HeardUtterance): Promise<void> {
    const text = readable((await utterance.words) ?? '');
    if (text === '' || this.over || !utterance.claimCaption()) return;
    this.parts.output.onSourceCaption({ id: utterance.id, text, final: true });
  }

  private report(): void {
    if (this.hearing === undefined) return;
    const state = stateOf(this.hearing.recogniser.state);
    if (state.kind === 'stopped') return;
    if (state.kind === this.state?.kind && attemptOf(state) === attemptOf(this.state)) return;
    this.state = state;
    this.parts.output.onState(state);
  }
}
