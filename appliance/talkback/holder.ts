import { UbizoError } from '../protocol/errors.ts';
import type { TalksTo } from '../protocol/talk.ts';

/** Nobody speaks longer than this without the guide giving it to them anew, ms. */
export const LONGEST_TURN_MS = 30_000;
/** More cannot be heard within a tour's patience: 20 times 30 s. */
const MOST_WAITING = 20;

/** Somebody would like to speak. */
export interface Wish {
  readonly attendee: string;
  readonly to: TalksTo;
  /** ms, on the holder's clock. */
  readonly at: number;
}

export interface Turn extends Wish {
  /** It ends by then, ms on the holder's clock. */
  readonly endsAt: number;
}

/** How a turn has ended: by who had it, after 30 s, by the guide's hand or voice, or because they are gone. */
export type TurnEnd = 'released' | 'over' | 'taken-back' | 'barged-in' | 'lost';

export interface HolderOptions {
  /** ms of a clock that never leaps. */
  readonly now: () => number;
  /** Who has the floor has changed, or who waits for it. */
  readonly onChange: () => void;
  readonly onEnd?: (turn: Turn, end: TurnEnd) => void;
  readonly longestMs?: number;
  readonly mostWaiting?: number;
}

/**
 * Who has the floor. One at a time, and behind them a queue in the order in which they came. Who wants to speak to the
 * guide alone is given it as soon as it is free; who wants to speak to all, when the guide says so. Keeps no time of its
 * own: whoever holds it calls {@link expire} when the turn {@link Turn.endsAt ends}.
 */
export class Holder {
  private readonly options: HolderOptions;
  private turn: Turn | undefined;
  private waiting: readonly Wish[] = [];

  constructor(options: HolderOptions) {
    this.options = options;
  }

  get current(): Turn | undefined {
    return this.turn;
  }

  /** The next one first. */
  get queue(): readonly Wish[] {
    return this.waiting;
  }

  /** @throws UbizoError `box_busy`: as many wait as may. */
  request(attendee: string, to: TalksTo): void {
    const holds = this.turn?.attendee === attendee;
    if (holds && this.turn?.to === to) return;
    const wish: Wish = { attendee, to, at: this.options.now() };
    const place = this.waiting.findIndex((each) => each.attendee === attendee);
    if (this.waiting[place]?.to === to) return;
    if (place < 0 && this.waiting.length >= (this.options.mostWaiting ?? MOST_WAITING))
      throw new UbizoError('box_busy', 'Many people wait to speak. Try again in a moment, or write.');
    if (holds) this.end('released');
    this.waiting = place < 0 ? [...this.waiting, wish] : this.waiting.with(place, wish);
    this.settle();
  }

  /** They have spoken, or would no longer like to. @returns whether there was anything to give back. */
  release(attendee: string, end: TurnEnd = 'released'): boolean {
    const queue = this.waiting.filter((each) => each.attendee !== attendee);
    const holds = this.turn?.attendee === attendee;
    if (!holds && queue.length === this.waiting.length) return false;
    this.waiting = queue;
    if (holds) this.end(end);
    this.settle();
    return true;
  }

  /**
   * The guide lets all hear them. Without a name: who speaks to the guide, else who is next. Another's turn is over.
   * @throws UbizoError `attendee_not_found`.
   */
  grant(attendee: string | undefined): void {
    const { turn } = this;
    const speaks = turn?.to === 'guide' && (attendee === undefined || attendee === turn.attendee);
    const chosen = speaks
      ? turn
      : this.waiting.find((each) => attendee === undefined || each.attendee === attendee);
    if (!chosen) {
      if (turn && turn.attendee === attendee) return;
      throw new UbizoError('attendee_not_found', 'This visitor no longer waits to speak.');
    }
    if (turn) this.end(speaks ? 'released' : 'taken-back');
    this.begin({ ...chosen, to: 'all' });
    this.options.onChange();
  }

  /** The guide does not let them speak now. Without a name: who is next. Nothing to refuse is no fault. */
  refuse(attendee: string | undefined): void {
    const refused = attendee ?? this.waiting[0]?.attendee;
    if (refused !== undefined) this.release(refused, 'taken-back');
  }

  /** Whoever speaks does so no longer. */
  takeBack(end: TurnEnd): void {
    if (!this.turn) return;
    this.end(end);
    this.settle();
  }

  /** Takes it from who has had it for as long as they may. */
  expire(): void {
    if (this.turn && this.options.now() >= this.turn.endsAt) this.takeBack('over');
  }

  /** Nobody speaks, and nobody waits. */
  clear(): void {
    if (!this.turn && this.waiting.length === 0) return;
    this.waiting = [];
    if (this.turn) this.end('taken-back');
    this.options.onChange();
  }

  private settle(): void {
    const next = this.turn ? undefined : this.waiting.find(({ to }) => to === 'guide');
    if (next) this.begin(next);
    this.options.onChange();
  }

  private begin(wish: Wish): void {
    const { now, longestMs = LONGEST_TURN_MS } = this.options;
    this.waiting = this.waiting.filter(({ attendee }) => attendee !== wish.attendee);
    this.turn = { ...wish, endsAt: now() + longestMs };
  }

  private end(end: TurnEnd): void {
    const { turn } = this;
    if (!turn) return;
    this.turn = undefined;
    this.options.onEnd?.(turn, end);
  }
}
