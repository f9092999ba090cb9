import type { Problem } from '../protocol/errors.ts';
import type { Interpreter, InterpreterOutput } from './interpreter.ts';

/** Stands where an interpreter cannot be made: `failed` from the start, which says why, and `stopped` at the end. */
export class RefusedInterpreter implements Interpreter {
  readonly language: string;
  private readonly problem: Problem;
  private readonly output: InterpreterOutput;

  constructor({
    language,
    problem,
    output,
  }: {
    language: string;
    problem: Problem;
    output: InterpreterOutput;
  }) {
    this.language = language;
    this.problem = problem;
    this.output = output;
  }

  start(): void {
    this.output.onState({ kind: 'failed', problem: this.problem });
  }

  hear(): void {}

  captionSource(): void {}

  stop(): Promise<void> {
    this.output.onState({ kind: 'stopped' });
    return Promise.resolve();
  }
}
