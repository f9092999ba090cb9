import { nanoid } from 'nanoid';
import { UbizoError } from '../../protocol/errors.ts';
import type { CallEnd } from '../../protocol/talk.ts';
import { RequestPace } from '../request-pace.ts';
import { Presence } from './presence.ts';
import type { CallTiming } from './timing.ts';

/** Whether the tour goes on hearing the guide during the call. */
export type FloorMeanwhile = 'muted' | 'goes-on';

/** `endsAt`, `at`: ms since the epoch. */
type CallState =
  | { readonly kind: 'ringing' }
  | { readonly kind: 'active'; readonly endsAt: number; readonly hangUp: () => void }
  | { readonly kind: 'ended'; readonly end: CallEnd };

/** A visitor who wants to speak with the guide, and nobody else. */
export interface Call {
  readonly id: string;
  readonly attendee: string;
  readonly at: number;
  state: CallState;
}

export interface TourCallsOptions {
  readonly timing: CallTiming;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** @throws UbizoError why this visitor may not call. */
  readonly expectMay: (attendee: string) => void;
  /** Both hear each other from now on. `onLost`: one of them no longer does. @returns what ends it. */
  readonly connect: (call: Call, floor: FloorMeanwhile, onLost: () => void) => () => void;
  readonly onEnd: (end: CallEnd) => void;
}

/** More cannot be told from one another at a glance. */
const MOST_RINGING = 20;
const DESK = 'desk';

/** A tour's private calls: as many may ring as there are visitors in need, and one is taken at a time. */
export class TourCalls {
  private readonly options: TourCallsOptions;
  private readonly pace = new RequestPace();
  /** By visitor: theirs that goes on, or has just ended. In the order in which they rang. */
  private readonly byAttendee = new Map<string, Call>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly observers = new Set<(call: Call) => void>();
  private readonly visitors: Presence;
  private readonly desks: Presence;

  constructor(options: TourCallsOptions) {
    const { awayMs } = options.timing;
    this.options = options;
    this.visitors = new Presence({ awayMs, onLeft: (attendee) => this.endOf(attendee, 'lost') });
    this.desks = new Presence({ awayMs, onLeft: () => this.active && this.end(this.active, 'lost') });
  }

  all(): Iterable<Call> {
    return this.byAttendee.values();
  }

  of(attendee: string): Call | undefined {
    return this.byAttendee.get(attendee);
  }

  get active(): Call | undefined {
    return [...this.all()].find(({ state }) => state.kind === 'active');
  }

  /** Told of each change. @returns what to call to hear no more of it. */
  subscribe(observer: (call: Call) => void): () => void {
    this.observers.add(observer);
    return () => void this.observers.delete(observer);
  }

  /** A visitor's page is open. @returns what to call when it has closed. */
  come(attendee: string): () => void {
    return this.visitors.come(attendee);
  }

  /** The same of a guide's desk. */
  watch(): () => void {
    return this.desks.come(DESK);
  }

  /** @throws UbizoError `voice_off`, `tour_state`, `tour_over`, `attendee_removed`, `too_many_attempts`, `box_busy`. */
  ring(attendee: string): void {
    if (isOpen(this.of(attendee))) return;
    this.options.expectMay(attendee);
    this.pace.take(attendee);
    if ([...this.all()].filter(({ state }) => state.kind === 'ringing').length >= MOST_RINGING)
      throw new UbizoError('box_busy', 'Many visitors call your guide. Try again in a minute, or write.');
    const call: Call = { id: nanoid(12), attendee, at: this.options.now(), state: { kind: 'ringing' } };
    // Behind those who rang before, also when they ring once more.
    this.forget(attendee);
    this.byAttendee.set(attendee, call);
    this.in(call, this.options.timing.ringMs, () => this.end(call, 'missed'));
    this.tell(call);
  }

  /** By the visitor. Nothing to hang up is no fault. */
  hangUp(attendee: string): void {
    this.endOf(attendee, 'hung-up');
  }

  /** @throws UbizoError `call_not_found`; `tour_state`: the guide is in another one. */
  take(id: string, floor: FloorMeanwhile): void {
    const call = this.get(id);
    if (call.state.kind === 'active') return;
    if (this.active) throw new UbizoError('tour_state', 'You are in a call already. Hang up first.');
    const { timing, now, connect } = this.options;
    call.state = {
      kind: 'active',
      endsAt: now() + timing.longestMs,
      hangUp: connect(call, floor, () => this.end(call, 'lost')),
    };
    this.in(call, timing.longestMs, () => this.end(call, 'over'));
    this.tell(call);
  }

  /** By the guide: it is declined while it rings. @throws UbizoError `call_not_found`. */
  endByGuide(id: string): void {
    const call = this.get(id);
    this.end(call, call.state.kind === 'ringing' ? 'declined' : 'hung-up');
  }

  /** The guide has taken them off the tour. */
  remove(attendee: string): void {
    this.endOf(attendee, 'hung-up');
    this.pace.forget(attendee);
  }

  /** Nobody may call any more. */
  endAll(): void {
    for (const call of this.all()) this.end(call, 'hung-up');
  }

  stop(): void {
    this.endAll();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.visitors.stop();
    this.desks.stop();
  }

  private get(id: string): Call {
    const call = [...this.all()].find((each) => each.id === id);
    if (call && isOpen(call)) return call;
    throw new UbizoError('call_not_found', 'This call is over.');
  }

  private endOf(attendee: string, end: CallEnd): void {
    const call = this.of(attendee);
    if (call) this.end(call, end);
  }

  private end(call: Call, end: CallEnd): void {
    const { state } = call;
    if (state.kind === 'ended') return;
    call.state = { kind: 'ended', end };
    if (state.kind === 'active') state.hangUp();
    this.in(call, this.options.timing.toldMs, () => {
      this.forget(call.attendee);
      this.tell(call);
    });
    this.options.onEnd(end);
    this.tell(call);
  }

  private forget(attendee: string): void {
    clearTimeout(this.timers.get(attendee));
    this.timers.delete(attendee);
    this.byAttendee.delete(attendee);
  }

  /** What is due next of this call; nothing else is any more. */
  private in({ attendee }: Call, ms: number, then: () => void): void {
    clearTimeout(this.timers.get(attendee));
    this.timers.set(attendee, setTimeout(then, ms));
  }

  private tell(call: Call): void {
    for (const observer of this.observers) observer(call);
  }
}

function isOpen(call: Call | undefined): boolean {
  return call !== undefined && call.state.kind !== 'ended';
}
