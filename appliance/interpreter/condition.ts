import type { Problem } from '../protocol/errors.ts';
import type { InterpreterOutput, InterpreterState } from './interpreter.ts';

/** How well an engine works just now, by what its interpreters meet: for who watches the box, and for the ladder. */
export class Condition {
  private readonly onLost: () => void;
  /** By interpreter: why it is away for a moment. */
  private readonly away = new Map<object, Problem>();
  /** Holds until some interpreter works again or a trial has gone well, also while none is wanted. */
  private lasting: Problem | undefined;

  /** `onLost`: {@link lost} is another one. */
  constructor({ onLost = () => undefined }: { onLost?: () => void } = {}) {
    this.onLost = onLost;
  }

  get problem(): Problem | undefined {
    if (this.lasting) return this.lasting;
    const [first] = this.away.values();
    return first;
  }

  /** Why it is not to be used for now. */
  get lost(): Problem | undefined {
    return this.lasting;
  }

  lose(problem: Problem): void {
    if (problem.code === this.lasting?.code && problem.message === this.lasting.message) return;
    this.lasting = problem;
    this.onLost();
  }

  mend(): void {
    if (!this.lasting) return;
    this.lasting = undefined;
    this.onLost();
  }

  /** @returns `output`, whose states are noted on the way. */
  watch(output: InterpreterOutput): InterpreterOutput {
    const interpreter = {};
    return {
      onSpeech: (samples) => output.onSpeech(samples),
      onCaption: (caption) => output.onCaption(caption),
      onSourceCaption: (caption) => output.onSourceCaption(caption),
      onSpent: (usd) => output.onSpent?.(usd),
      onSent: () => output.onSent?.(),
      onState: (state) => {
        this.note(interpreter, state);
        output.onState(state);
      },
    };
  }

  private note(interpreter: object, state: InterpreterState): void {
    if (state.kind === 'connecting') return;
    this.away.delete(interpreter);
    if (state.kind === 'live') this.mend();
    else if (state.kind === 'reconnecting') this.away.set(interpreter, state.problem);
    // One language that it cannot do says nothing of the others.
    else if (state.kind === 'failed' && state.problem.code !== 'interpreter_language_unsupported')
      this.lose(state.problem);
  }
}
