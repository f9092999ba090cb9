import type { Problem } from '../protocol/errors.ts';
import type { WrittenBy } from '../protocol/views.ts';
import type { Interpreter, InterpreterOutput, Trial } from './interpreter.ts';

/** Writes down what the guide says, in the language in which it is said. A narrow sibling of {@link Interpreter}. */
export type Transcriber = Pick<Interpreter, 'start' | 'stop' | 'hear'>;

/** Where a transcriber delivers: `onSourceCaption` is the guide's own words. */
export type TranscriberOutput = Pick<InterpreterOutput, 'onSourceCaption' | 'onState' | 'onSpent'>;

export interface TranscriberRequest {
  /** The guide's. */
  readonly language: string;
  /** Names and terms that must be got right, as they are said in that language. */
  readonly keywords: readonly string[];
  readonly output: TranscriberOutput;
  /** As an interpreter's: an engine may listen once for all that belongs to a tour. */
  readonly tour?: string;
}

/** One way of transcribing. */
interface TranscriberEngine {
  /** Never throws: a language that it cannot do yields a transcriber whose state is `failed`. */
  transcribe(request: TranscriberRequest): Transcriber;
}

/** What a tour opens its transcriber with, and what it may tell before it has one. */
export interface Transcribing extends TranscriberEngine {
  /** Who would write down what is said in the language now. */
  writerOf(language: string): WrittenBy;
}

/** An engine as a step of the transcribers' ladder. */
export interface TranscriberSource extends TranscriberEngine {
  readonly name: 'openai' | 'offline';
  readonly rough: boolean;
  readonly paid?: boolean;
  canTranscribe(language: string): boolean;
  /** As an interpreter's engine is tried, with a session that transcribes. */
  tryTranscribing?(withinMs: number): Promise<Trial>;
  /** The same for who is told that its service is away. */
  watchTranscribing?(onAway: (problem: Problem) => void): () => void;
}

/** For machinery that interpreters share with transcribers, of whom nothing else comes. */
export function transcriptOnly(output: TranscriberOutput): InterpreterOutput {
  return {
    onSpeech: () => undefined,
    onCaption: () => undefined,
    onSourceCaption: (caption) => output.onSourceCaption(caption),
    onState: (state) => output.onState(state),
    onSpent: (usd) => output.onSpent?.(usd),
  };
}
