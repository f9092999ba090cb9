import type { Problem } from '../protocol/errors.ts';
import type { InterpreterOutput, InterpreterState } from './interpreter.ts';

/** How well an engine works just now, by what its interpreters meet: for who watches the box. */
export class Condition {
  /** By interpreter: why it is away for a moment. */
  private readonly away = new Map<object, Problem>();
  /** What only a person can mend holds until some interpreter works again, also while none is wanted. */
  private lasting: Problem | undefined;

  get problem(): Problem | undefined {
    if (this.lasting) return this.lasting;
    const [first] = this.away.values();
    return first;
  }

  /** @returns `output`, whose states are noted on the way. */
  watch(output: InterpreterOutput): InterpreterOutput {
    const interpreter = {};
    return {
      onSpeech: (samples) => output.onSpeech(samples),
      onCaption: (caption) => output.onCaption(caption),
      onSourceCaption: (caption) => output.onSourceCaption(caption),
      onSpent: (usd) => output.onSpent?.(usd),
      onState: (state) => {
        this.note(interpreter, state);
        output.onState(state);
      },
    };
  }

  private note(interpreter: object, state: InterpreterState): void {
    if (state.kind === 'connecting') return;
    this.away.delete(interpreter);
    if (state.kind === 'live') this.lasting = undefined;
    else if (state.kind === 'reconnecting') this.away.set(interpreter, state.problem);
    // One language that it cannot do says nothing of the others.
    else if (state.kind === 'failed' && state.problem.code !== 'interpreter_language_unsupported')
      this.lasting = state.problem;
  }
}
