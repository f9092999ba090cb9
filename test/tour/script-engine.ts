import type {
  Interpreter,
  InterpreterEngine,
  InterpreterRequest,
  Interpreting,
  Outlook,
} from '../../appliance/interpreter/interpreter.ts';
import { canInterpret } from '../../appliance/protocol/languages.ts';

import type {
  Transcriber,
  TranscriberRequest,
  Transcribing,
} from '../../appliance/interpreter/transcriber.ts';

/** An interpreter that does what the test says. */
export class ScriptInterpreter implements Interpreter {
  readonly language: string;
  readonly request: InterpreterRequest;
  captionsSource: boolean;
  heard = 0;
  stopped = false;
  private readonly lastWords: Promise<void>;

  constructor(request: InterpreterRequest, lastWords: Promise<void>) {
    this.lastWords = lastWords;
    this.request = request;
    this.language = request.to;
    this.captionsSource = request.captionSource;
  }

  start(): void {
    this.request.output.onState({ kind: 'connecting' });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.lastWords;
    this.request.output.onState({ kind: 'stopped' });
  }

  hear(): void {
    this.heard++;
  }

  captionSource(on: boolean): void {
    this.captionsSource = on;
  }
}

/** A transcriber that does what the test says. */
export class ScriptTranscriber implements Transcriber {
  readonly request: TranscriberRequest;
  heard = 0;
  stopped = false;

  constructor(request: TranscriberRequest) {
    this.request = request;
  }

  start(): void {
    this.request.output.onState({ kind: 'connecting' });
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.request.output.onState({ kind: 'stopped' });
    return Promise.resolve();
  }

  hear(): void {
    this.heard++;
  }

  write(id: string, text: string, final = true): void {
    this.request.output.onSourceCaption({ id, text, final });
  }
}

/** Makes interpreters and transcribers, and keeps them all. */
export class ScriptEngine implements InterpreterEngine, Interpreting, Transcribing {
  readonly name = 'openai';
  readonly rough = false;
  readonly pairs = [{ from: '*', to: ['es', 'fr', 'de'] }];
  readonly made: ScriptInterpreter[] = [];
  readonly transcribers: ScriptTranscriber[] = [];
  /** How long those that are made from now on take to stop. */
  lastWords: Promise<void> = Promise.resolve();

  create(request: InterpreterRequest): Interpreter {
    const interpreter = new ScriptInterpreter(request, this.lastWords);
    this.made.push(interpreter);
    return interpreter;
  }

  transcribe(request: TranscriberRequest): Transcriber {
    const transcriber = new ScriptTranscriber(request);
    this.transcribers.push(transcriber);
    return transcriber;
  }

  outlook(from: string, to: string): Outlook {
    return { by: canInterpret(this.pairs, from, to) ? 'model' : 'guide' };
  }

  writerOf(): 'model' {
    return 'model';
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** The transcriber at work. */
  get transcriber(): ScriptTranscriber | undefined {
    return this.transcribers.find(({ stopped }) => !stopped);
  }

  /** Those at work, by language. */
  get open(): string[] {
    return this.made.filter(({ stopped }) => !stopped).map(({ language }) => language);
  }

  /** The newest one of a language. */
  of(language: string): ScriptInterpreter {
    const found = this.made.findLast((each) => each.language === language);
    if (!found) throw new Error(`No interpreter was opened for ${language}.`);
    return found;
  }
}
