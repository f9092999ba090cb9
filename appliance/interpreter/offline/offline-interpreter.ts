import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import type { FloorFrame } from '../../floor/floor-frame.ts';
import type { Interpreter, InterpreterOutput, InterpreterRequest, InterpreterState } from '../interpreter.ts';
import type { EspeakVoice } from '../../speaker/espeak-voice.ts';
import type { HeardUtterance, Hearing } from './hearing.ts';
import { attemptOf, reconnecting, stateOf } from './program-state.ts';
import { asSentence, readable } from './sentence.ts';
import type { ProgramTiming } from '../../program/timing.ts';
import type { WarmProgram } from '../../program/warm-program.ts';
import type { Passage } from '../../translator/apertium/dialogue.ts';
import { fromStream, toStream } from '../../translator/apertium/stream-format.ts';

/** One language made on the box: what was recognised, translated, then spoken, sentence by sentence and in order. */
export class OfflineInterpreter implements Interpreter {
  readonly language: string;
  private readonly output: InterpreterOutput;
  private readonly joinHearing: () => Hearing;
  private readonly translator: WarmProgram<Passage, string>;
  private readonly voice: EspeakVoice;
  private readonly timing: ProgramTiming;
  private readonly log: Log;
  private readonly onStopped: () => void;
  private captionsSource: boolean;
  private hearing: Hearing | undefined;
  private unsubscribe: (() => void)[] = [];
  private state: InterpreterState | undefined;
  private stopped: Promise<void> | undefined;
  /** Nothing may come out any more. */
  private over = false;
  /** Sentences in a row that could not be spoken. */
  private unspoken = 0;
  /** Ends when everything heard so far has come out. */
  private work: Promise<void> = Promise.resolve();

  /** @param hearing the tour's, made when it has none yet */
  constructor({
    request,
    hearing,
    translator,
    voice,
    timing,
    log,
    onStopped,
  }: {
    request: InterpreterRequest;
    hearing: () => Hearing;
    translator: WarmProgram<Passage, string>;
    voice: EspeakVoice;
    timing: ProgramTiming;
    log: Log;
    onStopped: () => void;
  }) {
    this.language = request.to;
    this.output = request.output;
    this.captionsSource = request.captionSource;
    this.joinHearing = hearing;
    this.translator = translator;
    this.voice = voice;
    this.timing = timing;
    this.log = log;
    this.onStopped = onStopped;
  }

  start(): void {
    const hearing = this.joinHearing();
    this.hearing = hearing;
    this.unsubscribe = [hearing.recogniser, this.translator].map((program) =>
      program.subscribe(() => this.report()),
    );
    hearing.join(this);
    this.translator.start();
    this.report();
  }

  stop(): Promise<void> {
    this.stopped ??= this.finish();
    return this.stopped;
  }

  hear(frame: FloorFrame): void {
    this.hearing?.hear(this, frame);
  }

  captionSource(on: boolean): void {
    this.captionsSource = on;
  }

  onUtterance(utterance: HeardUtterance): void {
    this.output.onSent?.();
    this.work = this.work.then(() => this.interpret(utterance));
  }

  private async finish(): Promise<void> {
    const patience = new AbortController();
    const hearing = this.hearing;
    await Promise.race([
      hearing?.fallSilent(this).then(() => this.work),
      delay(this.timing.stopMs, undefined, { signal: patience.signal }).catch(() => {}),
    ]);
    patience.abort();
    this.over = true;
    for (const unsubscribe of this.unsubscribe.splice(0)) unsubscribe();
    await Promise.all([this.translator.stop(), this.voice.stop(), hearing?.leave(this)]);
    this.onStopped();
    this.enter({ kind: 'stopped' });
  }

  /** Never rejects: the next sentence must come. */
  private async interpret(utterance: HeardUtterance): Promise<void> {
    const { id, seconds, words } = utterance;
    const text = readable((await words) ?? '');
    if (text === '' || this.over) return;
    if (this.captionsSource && utterance.claimCaption())
      this.output.onSourceCaption({ id, text, final: true });
    const answer = await this.translator.ask({ stream: toStream(text), seconds });
    const translation = asSentence(fromStream(answer ?? ''));
    if (translation === '' || this.over) return;
    this.output.onCaption({ id, text: translation, final: true });
    await this.speak(translation);
  }

  private async speak(sentence: string): Promise<void> {
    try {
      const speech = await this.voice.speak(sentence);
      if (!this.over) for (const samples of speech) this.output.onSpeech(samples);
      this.unspoken = 0;
    } catch (error) {
      this.unspoken += 1;
      this.log.warn({ language: this.language, err: error }, 'sentence not spoken');
    }
    if (!this.over) this.report();
  }

  private report(): void {
    const { recogniser } = this.hearing ?? {};
    if (recogniser === undefined) return;
    const states = [stateOf(recogniser.state), stateOf(this.translator.state)];
    if (this.unspoken > 0) states.push(reconnecting(this.unspoken, 0));
    const worst =
      states.find(({ kind }) => kind === 'reconnecting') ??
      states.find(({ kind }) => kind === 'connecting') ??
      states.find(({ kind }) => kind === 'live');
    if (worst !== undefined) this.enter(worst);
  }

  private enter(state: InterpreterState): void {
    if (state.kind === this.state?.kind && attemptOf(state) === attemptOf(this.state)) return;
    this.state = state;
    this.output.onState(state);
  }
}
