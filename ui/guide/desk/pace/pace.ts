import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { EventOf } from '../../../link/handlers.ts';
import type { DeskSocket } from '../desk-socket.ts';

/** A guide looks at the desk now and then, ms. */
const SHOWN_MS = 15_000;
/** Twice: felt in a pocket, and not taken for a message. */
const VIBRATION = [250, 150, 250];

export interface PaceParts {
  readonly socket: DeskSocket;
  readonly shownMs?: number;
}

/** Whether the guide should slow down: seen and felt, never heard. */
export class Pace implements ReactiveController {
  /** For a while, after the box has said so. */
  nudge: EventOf<GuideEvent, 'nudge'> | undefined;
  /** How many visitors find it too fast. */
  tooFast = 0;
  private readonly host: ReactiveControllerHost;
  private readonly shownMs: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, { socket, shownMs = SHOWN_MS }: PaceParts) {
    this.host = host;
    this.shownMs = shownMs;
    socket.on('nudge', (nudge) => {
      // Not every phone can; iPhones cannot.
      navigator.vibrate?.(VIBRATION);
      this.show(nudge);
    });
    socket.on('too-fast', ({ count }) => this.count(count));
    // After a snapshot the count is told unless it is 0.
    socket.on('tour', () => this.count(0));
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.nudge = undefined;
  }

  private show(nudge: Pace['nudge']): void {
    clearTimeout(this.timer);
    this.nudge = nudge;
    if (nudge) this.timer = setTimeout(() => this.show(undefined), this.shownMs);
    this.host.requestUpdate();
  }

  private count(count: number): void {
    this.tooFast = count;
    this.host.requestUpdate();
  }
}
