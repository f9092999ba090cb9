import type { FloorFrame } from '../../floor/floor-frame.ts';
import { holdsSound } from '../../floor/loudness.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Interpreter, InterpreterOutput } from '../interpreter.ts';
import type { SessionOutput } from './dialect.ts';
import type { Failure } from '../../openai/known-failures.ts';
import type { Phase, Relay } from './phase.ts';
import { Retries } from './retries.ts';
import type { Session, SessionObserver } from './session.ts';
import { Sessions, type SessionsParts } from './sessions.ts';
import { Turns } from './turns.ts';
import { Uplink } from './uplink.ts';
import { Utterances } from './utterances.ts';

export interface OpenAiInterpreterParts extends SessionsParts {
  readonly from: string;
  /** The tour's tag for the language it makes. */
  readonly to: string;
  readonly output: InterpreterOutput;
  /** After the last state. */
  readonly onStopped: () => void;
}

/**
 * One language through a chain of sessions: the next one takes over before the server ends the last, and after a
 * loss, once the server can be reached again. {@link Uplink} keeps the speech whole, {@link Turns} the output.
 */
export class OpenAiInterpreter implements Interpreter, SessionObserver {
  readonly language: string;
  private readonly parts: OpenAiInterpreterParts;
  private readonly log: SessionsParts['log'];
  private readonly sessions: Sessions;
  private readonly uplink: Uplink;
  private readonly turns: Turns;
  private readonly retries: Retries;
  private readonly draining = new Set<Session>();
  private phase: Phase = { kind: 'new' };
  private stopped: Promise<void> | undefined;

  constructor(parts: OpenAiInterpreterParts) {
    const { from, to, captionSource, output, dialect, timing, log } = parts;
    this.language = to;
    this.parts = parts;
    this.log = log.child({ part: 'interpreter', engine: 'openai', language: to });
    this.sessions = new Sessions({ parts: { ...parts, log: this.log }, observer: this });
    const utterances = dialect.boundaries && new Utterances();
    this.uplink = new Uplink({
      appendType: dialect.appendType,
      timing,
      log: this.log,
      utterances,
      onSent: () => output.onSent?.(),
    });
    this.turns = new Turns({ output, from, to, captionSource, quietMs: timing.captionQuietMs });
    this.retries = new Retries({ timing });
  }

  start(): void {
    if (this.phase.kind !== 'new') return;
    this.parts.output.onState({ kind: 'connecting' });
    this.uplink.start();
    this.phase = { kind: 'opening', session: this.sessions.open() };
  }

  hear(frame: FloorFrame): void {
    if (this.phase.kind === 'over' || this.phase.kind === 'stopping') return;
    this.uplink.hear(frame);
  }

  captionSource(on: boolean): void {
    if (!this.sessions.captionSource(on)) return;
    const { settings } = this.sessions;
    this.turns.captionSource(on);
    if (this.phase.kind === 'opening' || this.phase.kind === 'live') {
      this.phase.session.change(settings);
    }
    if (this.phase.kind === 'live' && this.phase.relay.kind !== 'planned') {
      this.phase.relay.next.change(settings);
    }
  }

  stop(): Promise<void> {
    this.stopped ??= this.windUp();
    return this.stopped;
  }

  onReady(session: Session): void {
    const phase = this.phase;
    if (phase.kind === 'opening' && phase.session === session) {
      const { attempt, doubtful } = this.retries;
      this.log.info({ attempt, doubtful, droppedMs: this.uplink.droppedMs }, 'the interpreter is live');
      this.takeOver(session);
      if (!doubtful) this.parts.output.onState({ kind: 'live' });
      this.uplink.attach(session);
    } else if (phase.kind === 'live' && phase.relay.kind === 'opening' && phase.relay.next === session) {
      phase.relay = { kind: 'ready', next: session };
      this.uplink.attachAtPause({
        session,
        withinMs: Math.min(this.parts.timing.switchPatienceMs, phase.session.lifetime.remainingMs / 2),
        onSwitched: () => this.handOver({ from: phase.session, to: session }),
      });
    }
  }

  onOutput(session: Session, output: SessionOutput): void {
    if (this.retries.doubtful && output.kind === 'speech' && holdsSound(output.samples)) {
      this.retries.prove();
      if (this.phase.kind === 'live') this.parts.output.onState({ kind: 'live' });
    }
    this.turns.receive(session, output);
  }

  onEnded(session: Session): void {
    this.draining.delete(session);
    this.turns.end(session);
    if (this.phase.kind === 'stopping' && this.draining.size === 0) this.phase.drained();
  }

  onLost(session: Session, failure: Failure): void {
    const phase = this.phase;
    if (phase.kind === 'stopping' || phase.kind === 'over') {
      this.onEnded(session);
    } else if (this.draining.delete(session)) {
      this.loseLastWords(session, failure);
    } else if (phase.kind === 'live' && phase.session !== session) {
      this.log.warn({ problem: failure.problem }, 'the next session did not open; the present one goes on');
      this.uplink.cancelSwitch();
      phase.relay = this.planRelay(this.parts.timing.backoffMaxMs);
    } else if (phase.kind === 'live' && phase.relay.kind === 'ready') {
      this.log.warn({ problem: failure.problem }, 'a session was lost; the next one is ready and takes over');
      const { next } = phase.relay;
      this.turns.end(session);
      this.uplink.takeBackFrom(session);
      this.takeOver(next);
      this.uplink.attach(next);
    } else {
      this.lose(session, failure);
    }
  }

  private takeOver(session: Session): void {
    this.turns.add(session);
    const relay = this.planRelay(session.lifetime.relayInMs(this.parts.timing.rolloverLeadMs));
    this.phase = { kind: 'live', session, since: performance.now(), relay };
  }

  private planRelay(inMs: number): Relay {
    const timer = setTimeout(() => {
      if (this.phase.kind === 'live') this.phase.relay = { kind: 'opening', next: this.sessions.open() };
    }, inMs);
    return { kind: 'planned', timer };
  }

  private handOver({ from, to }: { from: Session; to: Session }): void {
    this.log.info('a new session takes over before the last one ends');
    this.draining.add(from);
    this.takeOver(to);
    from.finish(this.parts.timing.drainMs);
  }

  /** What a replaced session still had to say must be heard before its successor's words: both begin again. */
  private loseLastWords(session: Session, failure: Failure): void {
    this.turns.discardAfter(session);
    if (this.phase.kind === 'live') {
      this.lose(session, failure);
    } else {
      this.turns.end(session);
      this.uplink.takeBackFrom(session);
    }
  }

  private lose(session: Session, failure: Failure): void {
    const { output } = this.parts;
    const livedMs = this.phase.kind === 'live' ? performance.now() - this.phase.since : 0;
    this.abandonPhase();
    this.uplink.detach();
    this.uplink.takeBackFrom(session);
    this.turns.end(session);
    if (failure.final) {
      this.log.error({ problem: failure.problem }, 'the interpreter cannot go on');
      this.phase = { kind: 'over' };
      this.uplink.stop();
      output.onState({ kind: 'failed', problem: failure.problem });
      return;
    }
    const retryInMs = this.retries.next(failure, livedMs);
    const { attempt } = this.retries;
    const timer = setTimeout(() => {
      this.phase = { kind: 'opening', session: this.sessions.open() };
    }, retryInMs);
    this.phase = { kind: 'waiting', timer };
    const problem = this.withDropped(failure.problem);
    this.log.warn({ problem, attempt, retryInMs }, 'the interpreter is away');
    output.onState({ kind: 'reconnecting', problem, attempt, retryInMs });
  }

  private withDropped(problem: Problem): Problem {
    const seconds = Math.round(this.uplink.droppedMs / 1_000);
    if (seconds === 0) return problem;
    return { ...problem, message: `${problem.message} ${seconds} s of speech could not be kept for it.` };
  }

  /** Ends whatever the present phase has under way, except sessions that are saying their last words. */
  private abandonPhase(): void {
    const phase = this.phase;
    this.sessions.cancel();
    if (phase.kind === 'waiting') clearTimeout(phase.timer);
    if (phase.kind === 'opening') phase.session.abandon();
    if (phase.kind !== 'live') return;
    if (!this.draining.has(phase.session)) phase.session.abandon();
    if (phase.relay.kind === 'planned') clearTimeout(phase.relay.timer);
    else phase.relay.next.abandon();
  }

  private async windUp(): Promise<void> {
    const { timing, output, onStopped } = this.parts;
    const phase = this.phase;
    if (phase.kind === 'live') {
      this.uplink.cancelSwitch();
      this.uplink.flush();
      this.draining.add(phase.session);
    }
    this.abandonPhase();
    this.uplink.stop();
    if (this.draining.size > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.phase = { kind: 'stopping', drained: resolve };
      const impatience = setTimeout(resolve, timing.stopMs);
      if (phase.kind === 'live') phase.session.finish(timing.stopMs);
      await promise;
      clearTimeout(impatience);
    }
    this.phase = { kind: 'over' };
    for (const session of this.draining) session.abandon();
    this.turns.flush();
    output.onState({ kind: 'stopped' });
    onStopped();
  }
}
