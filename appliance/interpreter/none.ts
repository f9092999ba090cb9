import type { Problem } from '../protocol/errors.ts';
import type { Interpreter, InterpreterEngine, InterpreterOutput, InterpreterRequest } from './interpreter.ts';

/** Does nothing but say why: `failed` from the start, `stopped` at the end. */
export class RefusedInterpreter implements Interpreter {
  readonly language: string;
  readonly #output: InterpreterOutput;
  readonly #problem: Problem;

  constructor({
    language,
    output,
    problem,
  }: {
    language: string;
    output: InterpreterOutput;
    problem: Problem;
  }) {
    this.language = language;
    this.#output = output;
    this.#problem = problem;
  }

  start(): void {
    this.#output.onState({ kind: 'failed', problem: this.#problem });
  }

  stop(): Promise<void> {
    this.#output.onState({ kind: 'stopped' });
    return Promise.resolve();
  }

  hear(): void {}

  captionSource(): void {}
}

/** The tour is the guide's own voice and nothing else. */
export class NoEngine implements InterpreterEngine {
  readonly name = 'none';
  readonly rough = false;
  readonly pairs = [];

  create({ to, output }: InterpreterRequest): Interpreter {
    const problem: Problem = {
      code: 'interpreter_language_unsupported',
      message:
        'This box is set to carry only the guide’s own voice. Choose an interpreter in the settings to offer other languages.',
    };
    return new RefusedInterpreter({ language: to, output, problem });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
