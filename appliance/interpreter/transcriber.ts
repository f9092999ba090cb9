import type { Interpreter, InterpreterOutput } from './interpreter.ts';

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
export interface TranscriberEngine {
  /** Never throws: a language that it cannot do yields a transcriber whose state is `failed`. */
  transcribe(request: TranscriberRequest): Transcriber;
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
