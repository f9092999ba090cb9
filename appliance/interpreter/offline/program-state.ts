import type { Problem } from '../../protocol/errors.ts';
import type { InterpreterState } from '../interpreter.ts';
import type { ProgramState } from '../../program/warm-program.ts';

const AWAY: Problem = {
  code: 'interpreter_failed',
  message:
    'A program of the box’s own interpreter stopped and is being started again. If this goes on, restart the box.',
};

/** What a program's state is to who needs it. */
export function stateOf(state: ProgramState): InterpreterState {
  if (state.kind === 'ready') return { kind: 'live' };
  if (state.kind === 'stopped') return { kind: 'stopped' };
  if (state.kind === 'waiting') return reconnecting(state.attempt, state.retryInMs);
  return state.attempt === 0 ? { kind: 'connecting' } : reconnecting(state.attempt, 0);
}

export function reconnecting(attempt: number, retryInMs: number): InterpreterState {
  return { kind: 'reconnecting', problem: AWAY, attempt, retryInMs };
}

export function attemptOf(state: InterpreterState): number {
  return state.kind === 'reconnecting' ? state.attempt : 0;
}
