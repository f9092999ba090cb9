import type { Problem } from '../protocol/errors.ts';
import type { Interpreter, InterpreterEngine, InterpreterRequest } from './interpreter.ts';
import { RefusedInterpreter } from './refused-interpreter.ts';
import {
  type Transcriber,
  type TranscriberEngine,
  type TranscriberRequest,
  transcriptOnly,
} from './transcriber.ts';

/** The tour is the guide's own voice and nothing else. */
export class NoEngine implements InterpreterEngine, TranscriberEngine {
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

  transcribe({ language, output }: TranscriberRequest): Transcriber {
    const problem: Problem = {
      code: 'interpreter_language_unsupported',
      message: 'This box is set to carry only the guide’s own voice: nobody can read along.',
    };
    return new RefusedInterpreter({ language, output: transcriptOnly(output), problem });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
