import type {
  Interpreter,
  InterpreterEngine,
  InterpreterRequest,
} from '../../appliance/interpreter/interpreter.ts';

/** An interpreter that does what the test says. */
export class ScriptInterpreter implements Interpreter {
  readonly language: string;
  readonly request: InterpreterRequest;
  captionsSource: boolean;
  heard = 0;
  stopped = false;

  constructor(request: InterpreterRequest) {
    this.request = request;
    this.language = request.to;
    this.captionsSource = request.captionSource;
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

  captionSource(on: boolean): void {
    this.captionsSource = on;
  }
}

/** Makes interpreters, and keeps them all. */
export class ScriptEngine implements InterpreterEngine {
  readonly name = 'openai';
  readonly rough = false;
  readonly pairs = [{ from: '*', to: ['es', 'fr', 'de'] }];
  readonly made: ScriptInterpreter[] = [];

  create(request: InterpreterRequest): Interpreter {
    const interpreter = new ScriptInterpreter(request);
    this.made.push(interpreter);
    return interpreter;
  }

  stop(): Promise<void> {
    return Promise.resolve();
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
