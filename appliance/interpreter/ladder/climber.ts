import type { Problem } from '../../protocol/errors.ts';
import type { Interpreter, InterpreterRequest, InterpreterState } from '../interpreter.ts';
import type { Rung } from './rung.ts';
import type { LadderTiming } from './timing.ts';
import { Turn } from './turn.ts';

const NO_ANSWER: Problem = {
  code: 'interpreter_unreachable',
  message: 'The interpreter does not answer. The box tries again by itself.',
};

export interface ClimberParts {
  readonly rung: Rung;
  readonly request: InterpreterRequest;
  /** A number of its own among those of its ladder. */
  readonly turn: number;
  readonly timing: LadderTiming;
  readonly onState: (climber: Climber, state: InterpreterState) => void;
  /** It was away for too long. */
  readonly onLost: (climber: Climber, problem: Problem) => void;
}

/** One interpreter on its rung, and for how long it may be away. */
export class Climber {
  readonly rung: Rung;
  readonly turn: Turn;
  readonly interpreter: Interpreter;
  private readonly parts: ClimberParts;
  private state: InterpreterState['kind'] = 'connecting';
  private wasLive = false;
  private awaySince = 0;
  private patience: NodeJS.Timeout | undefined;

  constructor(parts: ClimberParts) {
    const { rung, request, turn } = parts;
    this.parts = parts;
    this.rung = rung;
    this.turn = new Turn({
      output: request.output,
      name: turn,
      onState: (state) => this.note(state),
    });
    this.interpreter = rung.create({ ...request, output: this.turn });
  }

  get live(): boolean {
    return this.state === 'live';
  }

  start(): void {
    this.awaySince = performance.now();
    this.interpreter.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.patience);
    this.patience = undefined;
    this.state = 'stopped';
    try {
      await this.interpreter.stop();
    } finally {
      this.turn.end();
    }
  }

  private note(state: InterpreterState): void {
    if (this.state === 'stopped') return;
    if (this.live && state.kind !== 'live') this.awaySince = performance.now();
    this.state = state.kind;
    this.wasLive ||= this.live;
    clearTimeout(this.patience);
    if (state.kind === 'connecting') this.wait(this.parts.timing.awayMs, NO_ANSWER);
    else if (state.kind === 'reconnecting') {
      const { awayMs, openMs } = this.parts.timing;
      this.wait(this.wasLive ? awayMs : openMs, state.problem);
    }
    this.parts.onState(this, state);
  }

  private wait(ms: number, problem: Problem): void {
    const left = Math.max(0, this.awaySince + ms - performance.now());
    this.patience = setTimeout(() => this.parts.onLost(this, problem), left);
  }
}
