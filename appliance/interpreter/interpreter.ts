import type { FloorFrame } from '../floor/floor-frame.ts';
import type { Problem } from '../protocol/errors.ts';
import type { LanguagePair } from '../protocol/languages.ts';
import type { GlossaryEntry, InterpretedBy } from '../protocol/views.ts';

/** Turns the guide's speech into one other language: speech and captions. Its engines are plural. */
export interface Interpreter {
  readonly language: string;
  /** Opens what it needs. Never throws for what a network or a process may do: that arrives as a state. */
  start(): void;
  /** Lets what is under way come out (bounded), then frees everything. */
  stop(): Promise<void>;
  /** Every frame of the floor, 20 ms each, blank ones too. Must return fast; copies what it keeps. */
  hear(frame: FloorFrame): void;
  /** Begins or ends captioning the guide's own words, from now on. */
  captionSource(on: boolean): void;
}

export type InterpreterState =
  | { readonly kind: 'connecting' }
  /** `by`, and `problem`: why it is not better; said by a ladder, of which one rung is at work. */
  | { readonly kind: 'live'; readonly by?: InterpretedBy; readonly problem?: Problem | undefined }
  | {
      readonly kind: 'reconnecting';
      readonly problem: Problem;
      readonly attempt: number;
      readonly retryInMs: number;
    }
  /** Only a person can mend it; the interpreter does not try again by itself. */
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'stopped' };

export interface InterpreterCaption {
  /** Unique within this interpreter; repeated with longer text until `final`. */
  readonly id: string;
  readonly text: string;
  readonly final: boolean;
}

/** Where an interpreter delivers. May be called at any rate, in bursts faster than real time. */
export interface InterpreterOutput {
  /** Mono s16 PCM, 24 kHz, any length. The receiver owns the buffer. */
  onSpeech(samples: Int16Array): void;
  onCaption(caption: InterpreterCaption): void;
  /** The guide's own words; only from the interpreter that was asked for them. */
  onSourceCaption(caption: InterpreterCaption): void;
  onState(state: InterpreterState): void;
  /** What has just been spent, US dollars; only engines that must be paid. Several times a second. */
  onSpent?(usd: number): void;
}

export interface InterpreterRequest {
  readonly from: string;
  readonly to: string;
  readonly output: InterpreterOutput;
  /** True in one interpreter of a tour at a time: it also captions the guide's own words. */
  readonly captionSource: boolean;
  /** Interpreters of the same tour hear the same frames: an engine may listen once for all of them. */
  readonly tour?: string;
  /** Words that must come out right, as they are now; for engines that can be told. */
  readonly glossary?: () => readonly GlossaryEntry[];
}

/** Whether an engine would work just now, as asked without a tour. */
export type Trial =
  | { readonly kind: 'accepted' }
  /** Only a person can mend it. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unreachable'; readonly problem: Problem };

/** One way of interpreting; makes one interpreter per language. */
export interface InterpreterEngine {
  readonly name: 'openai' | 'offline' | 'none';
  /** Made by simple programs on the box: the pages say so. */
  readonly rough: boolean;
  /** Pairs it can do; `from: '*'` is any language. */
  readonly pairs: readonly LanguagePair[];
  /** Why it cannot do (all of) what it should, when a person can mend that. */
  readonly problem?: Problem;
  /** It takes money. */
  readonly paid?: boolean;
  /** Asks its server, for `withinMs` at most, sends no sound and costs nothing. Missing: there is nobody to ask. */
  tryOut?(withinMs: number): Promise<Trial>;
  /** Told whenever its service is found away for all, whoever met it. @returns what to call to hear no more of it. */
  watch?(onAway: (problem: Problem) => void): () => void;
  /** Never throws: a pair it cannot do yields an interpreter whose state is `failed`. */
  create(request: InterpreterRequest): Interpreter;
  stop(): Promise<void>;
}

/** What a booth opens its interpreters with, and what it may tell before it has one. */
export interface Interpreting {
  create(request: InterpreterRequest): Interpreter;
  /** By whom the pair would be interpreted now, and why not better. */
  outlook(from: string, to: string): Outlook;
}

export interface Outlook {
  readonly by: InterpretedBy;
  readonly problem?: Problem | undefined;
}
