import type { Problem } from '../../protocol/errors.ts';
import type {
  Interpreter,
  InterpreterEngine,
  InterpreterRequest,
  Interpreting,
  Outlook,
} from '../interpreter.ts';
import { LadderInterpreter } from './ladder-interpreter.ts';
import type { Rung } from './rung.ts';
import type { LadderTiming } from './timing.ts';

export interface LadderOptions {
  readonly name: InterpreterEngine['name'];
  /** The best first. Others may stand on them too. */
  readonly rungs: readonly Rung[];
  /** Why a pair that no rung can do is the guide's own voice. */
  readonly unable: (from: string, to: string) => Problem;
  readonly timing: LadderTiming;
}

/** The ways of interpreting, one below the other: each language has the best that works for it now. */
export class Ladder implements Interpreting {
  readonly name: InterpreterEngine['name'];
  private readonly options: LadderOptions;
  private readonly interpreters = new Set<LadderInterpreter>();

  constructor(options: LadderOptions) {
    this.name = options.name;
    this.options = options;
  }

  /** The best first. */
  get pairs(): { from: string; to: readonly string[]; rough: boolean }[] {
    return this.options.rungs
      .filter(({ engine }) => !engine.problem)
      .flatMap(({ engine: { pairs, rough } }) => pairs.map(({ from, to }) => ({ from, to, rough })));
  }

  /** Why its best rung can never be used, when a person can mend that. */
  get problem(): Problem | undefined {
    return this.options.rungs[0]?.engine.problem;
  }

  /** Why it does not do all that it should just now. */
  get trouble(): Problem | undefined {
    const troubled = this.options.rungs.find(({ trouble }) => trouble);
    return this.problem ?? troubled?.trouble;
  }

  outlook(from: string, to: string): Outlook {
    const rungs = this.rungsFor(from, to);
    const best = rungs.find(({ out }) => !out);
    const problem = rungs.length === 0 ? this.options.unable(from, to) : rungs[0]?.out;
    return { by: best?.by ?? 'guide', problem };
  }

  /** Never throws: a pair that no rung can do yields an interpreter whose state is `failed`. */
  create(request: InterpreterRequest): Interpreter {
    const { from, to } = request;
    const { unable, timing } = this.options;
    const interpreter = new LadderInterpreter({
      request,
      rungs: this.rungsFor(from, to),
      unable: unable(from, to),
      timing,
      onStopped: () => this.interpreters.delete(interpreter),
    });
    this.interpreters.add(interpreter);
    return interpreter;
  }

  /** Stops every interpreter that still runs; the rungs are their owner's. */
  async stop(): Promise<void> {
    await Promise.all([...this.interpreters].map((interpreter) => interpreter.stop()));
  }

  private rungsFor(from: string, to: string): readonly Rung[] {
    return this.options.rungs.filter((rung) => rung.can(from, to));
  }
}
