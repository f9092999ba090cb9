import type { Problem } from '../protocol/errors.ts';
import { canInterpret } from '../protocol/languages.ts';
import type { Interpreter, InterpreterEngine, InterpreterRequest } from './interpreter.ts';
import { RefusedInterpreter } from './refused-interpreter.ts';

const SPEND_CAP_REACHED: Problem = {
  code: 'spend_cap_reached',
  message:
    'This tour has cost what it may, and the box cannot interpret this language by itself: its visitors hear your own voice. Raise the limit to go on as before.',
};

/** Takes over where no more may be spent: the programs on the box, for what they can do; else the guide's own voice. */
export class UnpaidEngine implements InterpreterEngine {
  readonly name = 'offline';
  readonly rough = true;
  private readonly offline: InterpreterEngine;

  constructor({ offline }: { offline: InterpreterEngine }) {
    this.offline = offline;
  }

  get pairs(): InterpreterEngine['pairs'] {
    return this.offline.pairs;
  }

  create(request: InterpreterRequest): Interpreter {
    const { from, to, output } = request;
    if (canInterpret(this.pairs, from, to)) return this.offline.create(request);
    return new RefusedInterpreter({ language: to, output, problem: SPEND_CAP_REACHED });
  }

  stop(): Promise<void> {
    return this.offline.stop();
  }
}
