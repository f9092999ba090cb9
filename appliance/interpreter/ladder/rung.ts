import type { Log } from '../../log.ts';
import type { Problem } from '../../protocol/errors.ts';
import { canInterpret } from '../../protocol/languages.ts';
import type { InterpretedBy } from '../../protocol/views.ts';
import { Condition } from '../condition.ts';
import type { Interpreter, InterpreterEngine, InterpreterRequest, Trial } from '../interpreter.ts';
import type { LadderTiming } from './timing.ts';

/** Where an engine has no server to ask, its next interpreter is the trial. */
const TRUSTED: Trial = { kind: 'accepted' };

/**
 * One engine as a step of the ladder: whether it is to be used now. One that is lost is tried in the background, at
 * growing pauses, and comes back by itself.
 */
export class Rung {
  readonly engine: InterpreterEngine;
  private readonly timing: LadderTiming;
  private readonly log: Log;
  private readonly condition = new Condition({ onLost: () => this.changed() });
  private readonly observers = new Set<() => void>();
  private readonly unwatch: (() => void) | undefined;
  private next: NodeJS.Timeout | undefined;
  private trying = false;
  private stopped = false;
  private triedAt = -Infinity;
  private backAt = -Infinity;
  /** Trials that failed, and returns that did not last. */
  private failures = 0;
  private relapses = 0;

  constructor({ engine, timing, log }: { engine: InterpreterEngine; timing: LadderTiming; log: Log }) {
    this.engine = engine;
    this.timing = timing;
    this.log = log.child({ part: 'interpreter', rung: engine.name });
    this.unwatch = engine.watch?.((problem) => {
      if (!this.condition.lost) this.condition.lose(this.condition.problem ?? problem);
    });
  }

  get by(): InterpretedBy {
    return this.engine.rough ? 'box' : 'model';
  }

  /** Why it is not to be used now. */
  get out(): Problem | undefined {
    return this.engine.problem ?? this.condition.lost;
  }

  /** Why it does not do all that it could. */
  get trouble(): Problem | undefined {
    return this.condition.problem;
  }

  can(from: string, to: string): boolean {
    return canInterpret(this.engine.pairs, from, to);
  }

  create(request: InterpreterRequest): Interpreter {
    return this.engine.create({ ...request, output: this.condition.watch(request.output) });
  }

  /** {@link out} may be another one. @returns what to call to hear no more of it. */
  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** It cannot be reached. */
  lose(problem: Problem): void {
    this.condition.lose(problem);
  }

  /** Somebody wants it: perhaps it was mended since it was last tried. */
  knock(): void {
    if (this.next && performance.now() - this.triedAt >= this.timing.backoffMs) void this.tryOut();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unwatch?.();
    clearTimeout(this.next);
    this.observers.clear();
    await this.engine.stop();
  }

  private changed(): void {
    const { lost } = this.condition;
    if (lost) this.log.warn({ problem: lost }, 'a way of interpreting is left for now');
    else this.log.info('a way of interpreting is back');
    if (!lost) this.comeBack();
    else if (!this.next && !this.trying) this.fall();
    for (const observer of this.observers) observer();
  }

  private comeBack(): void {
    clearTimeout(this.next);
    this.next = undefined;
    this.backAt = performance.now();
  }

  private fall(): void {
    const lasted = performance.now() - this.backAt;
    this.relapses = lasted < this.timing.steadyMs ? this.relapses + 1 : 0;
    this.failures = this.relapses;
    this.triedAt = performance.now();
    this.plan(false);
  }

  private plan(lasting: boolean): void {
    if (this.stopped) return;
    const { backoffMs, backoffMaxMs, backoffLastingMs } = this.timing;
    const longest = lasting || this.relapses > 1 ? backoffLastingMs : backoffMaxMs;
    const pause = Math.min(longest, backoffMs * 2 ** Math.min(this.failures, 20));
    this.next = setTimeout(() => void this.tryOut(), pause * (0.5 + Math.random() / 2));
  }

  private async tryOut(): Promise<void> {
    if (this.trying || this.stopped) return;
    clearTimeout(this.next);
    this.next = undefined;
    this.trying = true;
    const trial = (await this.engine.tryOut?.(this.timing.trialMs)) ?? TRUSTED;
    this.trying = false;
    this.triedAt = performance.now();
    // An interpreter may have found it sound meanwhile.
    if (this.stopped || !this.condition.lost) return;
    if (trial.kind === 'accepted') {
      this.condition.mend();
      return;
    }
    this.failures++;
    this.plan(trial.kind === 'refused');
    this.condition.lose(trial.problem);
  }
}
