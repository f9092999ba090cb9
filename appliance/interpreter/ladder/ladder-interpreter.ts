import { FLOOR_FRAME_MS, type FloorFrame } from '../../floor/floor-frame.ts';
import { holdsSound } from '../../floor/loudness.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Interpreter, InterpreterRequest, InterpreterState } from '../interpreter.ts';
import { Climber } from './climber.ts';
import type { Rung } from './rung.ts';
import type { LadderTiming } from './timing.ts';

export interface LadderInterpreterParts {
  readonly request: InterpreterRequest;
  /** Those that can do the pair, the best first. */
  readonly rungs: readonly Rung[];
  /** Said where there are none. */
  readonly unable: Problem;
  readonly timing: LadderTiming;
  /** After the last state. */
  readonly onStopped: () => void;
}

/** Less is a breath, not a pause, ms. */
const PAUSE_MS = 240;

/**
 * One language on the best rung that works: down when one fails or is away for too long, up again at a pause in the
 * speech once a better one is ready. Whoever takes over is heard after the last words of the one before.
 */
export class LadderInterpreter implements Interpreter {
  readonly language: string;
  private readonly parts: LadderInterpreterParts;
  /** Whose server has said that it cannot do this language. */
  private readonly unfit = new Set<Rung>();
  /** Being stopped; they say their last words. */
  private readonly leaving = new Map<Climber, Promise<void>>();
  private undos: (() => void)[] = [];
  /** None: the guide's own voice. */
  private standing: Climber | undefined;
  /** On a better rung, not heard yet. */
  private rising: Climber | undefined;
  private impatience: NodeJS.Timeout | undefined;
  private sourceIsCaptioned: boolean;
  private quietMs = 0;
  private turns = 0;
  private told: InterpreterState = { kind: 'connecting' };
  private stopped: Promise<void> | undefined;

  constructor(parts: LadderInterpreterParts) {
    this.parts = parts;
    this.language = parts.request.to;
    this.sourceIsCaptioned = parts.request.captionSource;
  }

  start(): void {
    this.tell({ kind: 'connecting' });
    this.undos = this.parts.rungs.map((rung) => rung.subscribe(() => this.look()));
    for (const rung of this.parts.rungs) if (rung.out) rung.knock();
    this.stand();
  }

  stop(): Promise<void> {
    this.stopped ??= this.windUp();
    return this.stopped;
  }

  hear(frame: FloorFrame): void {
    this.standing?.interpreter.hear(frame);
    if (!this.rising) return;
    this.quietMs = frame.blank || !holdsSound(frame.samples) ? this.quietMs + FLOOR_FRAME_MS : 0;
    if (this.rising.live && this.quietMs >= PAUSE_MS) this.takeOver(this.rising);
  }

  captionSource(on: boolean): void {
    this.sourceIsCaptioned = on;
    this.standing?.interpreter.captionSource(on);
  }

  private get best(): Rung | undefined {
    return this.parts.rungs.find((rung) => !rung.out && !this.unfit.has(rung));
  }

  /** Why it is not a better rung. */
  private reason(rung: Rung | undefined): Problem | undefined {
    for (const better of this.parts.rungs) {
      if (better === rung) break;
      if (better.out) return better.out;
    }
    return undefined;
  }

  /** On the best rung there is; without one, on the ground. */
  private stand(): void {
    const rung = this.best;
    if (!rung) {
      this.tellOfTheGround();
      return;
    }
    const climber = this.climb(rung, this.sourceIsCaptioned);
    this.standing = climber;
    this.giveTheWord(climber);
    climber.start();
  }

  private climb(rung: Rung, captionSource: boolean): Climber {
    return new Climber({
      rung,
      request: { ...this.parts.request, captionSource },
      turn: this.turns++,
      timing: this.parts.timing,
      onState: (climber, state) => this.hearOf(climber, state),
      onLost: (climber, problem) => this.lose(climber, problem),
    });
  }

  private hearOf(climber: Climber, state: InterpreterState): void {
    if (this.stopped || state.kind === 'stopped') return;
    if (state.kind === 'failed') this.fail(climber, state.problem);
    else if (climber === this.standing) this.report(climber, state);
    else if (climber === this.rising && state.kind === 'live') this.ready(climber);
  }

  private report({ rung }: Climber, state: InterpreterState): void {
    if (state.kind === 'live') this.tell({ kind: 'live', by: rung.by, problem: this.reason(rung) });
    // While the next one down gets ready, it is the one above that is away.
    else if (state.kind !== 'connecting' || this.told.kind === 'connecting') this.tell(state);
  }

  private fail(climber: Climber, problem: Problem): void {
    if (!climber.rung.out) this.unfit.add(climber.rung);
    if (climber === this.standing) this.descend(problem);
    else if (climber === this.rising) this.giveUpRising();
  }

  /** It was away for too long. Without a lower rung it goes on trying. */
  private lose(climber: Climber, problem: Problem): void {
    if (this.stopped) return;
    climber.rung.lose(problem);
    if (climber === this.rising) this.giveUpRising();
    else if (climber === this.standing && this.best) this.descend(problem);
  }

  private descend(problem: Problem): void {
    const before = this.standing;
    this.giveUpRising();
    this.standing = undefined;
    if (before) this.retire(before);
    if (this.best) this.tell({ kind: 'reconnecting', problem, attempt: 1, retryInMs: 0 });
    this.stand();
  }

  /** A rung is lost, or back. */
  private look(): void {
    if (this.stopped) return;
    const { best, standing } = this;
    // Somebody else has found out that there is nothing to wait for.
    if (standing && !standing.live && standing.rung.out && best) {
      this.descend(standing.rung.out);
      return;
    }
    const at = standing ? this.parts.rungs.indexOf(standing.rung) : Infinity;
    if (best && !this.rising && this.parts.rungs.indexOf(best) < at) {
      this.rising = this.climb(best, false);
      this.rising.start();
    } else if (this.told.kind === 'live') {
      if (standing && this.told.problem !== this.reason(standing.rung)) this.report(standing, this.told);
    } else if (this.told.kind === 'failed' && !this.rising) this.tellOfTheGround();
  }

  private ready(climber: Climber): void {
    if (!this.standing) this.takeOver(climber);
    else this.impatience ??= setTimeout(() => this.takeOver(climber), this.parts.timing.patienceMs);
  }

  private takeOver(climber: Climber): void {
    const before = this.standing;
    clearTimeout(this.impatience);
    this.impatience = undefined;
    this.quietMs = 0;
    this.rising = undefined;
    this.standing = climber;
    if (before) this.retire(before);
    this.giveTheWord(climber);
    climber.interpreter.captionSource(this.sourceIsCaptioned);
    this.report(climber, { kind: 'live' });
    this.look();
  }

  private giveUpRising(): void {
    clearTimeout(this.impatience);
    this.impatience = undefined;
    const { rising } = this;
    this.rising = undefined;
    if (rising) this.retire(rising);
  }

  private retire(climber: Climber): void {
    this.leaving.set(climber, this.seeOff(climber));
  }

  private async seeOff(climber: Climber): Promise<void> {
    await Promise.allSettled([climber.stop()]);
    this.leaving.delete(climber);
  }

  private giveTheWord(climber: Climber): void {
    if (this.leaving.size === 0) climber.turn.begin();
    else void Promise.all(this.leaving.values()).then(() => climber.turn.begin());
  }

  private tellOfTheGround(): void {
    this.tell({ kind: 'failed', problem: this.reason(undefined) ?? this.parts.unable });
  }

  private tell(state: InterpreterState): void {
    this.told = state;
    this.parts.request.output.onState(state);
  }

  private async windUp(): Promise<void> {
    for (const undo of this.undos.splice(0)) undo();
    const { standing } = this;
    this.giveUpRising();
    this.standing = undefined;
    if (standing) this.retire(standing);
    await Promise.all(this.leaving.values());
    this.tell({ kind: 'stopped' });
    this.parts.onStopped();
  }
}
