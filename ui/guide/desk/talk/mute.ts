import type { ReactiveControllerHost } from 'lit';
import type { DeskSocket } from '../desk-socket.ts';
import type { DeskTour } from '../tour/desk-tour.ts';
import type { TalkMode } from './talk-button.ts';

/**
 * Whether the guide is heard. The tour says so once the box has said so; until then it is only asked for: a guide must
 * never believe to be muted while the box was never told.
 */
export class Mute {
  /** What the guide has asked for and the box has not confirmed. */
  asked: boolean | undefined;
  /** How they decide it. */
  mode: TalkMode = 'continuous';
  private readonly host: ReactiveControllerHost;
  private readonly socket: DeskSocket;
  private readonly tour: DeskTour;

  constructor(host: ReactiveControllerHost, { socket, tour }: { socket: DeskSocket; tour: DeskTour }) {
    this.host = host;
    this.socket = socket;
    this.tour = tour;
    socket.on('tour', (event) => this.repeat(event.tour.muted));
    socket.on('tour-changed', ({ changes }) => {
      if (changes.muted !== undefined && changes.muted === this.asked) this.forget();
    });
    socket.on('error', () => this.forget());
  }

  set(muted: boolean): void {
    const { view } = this.tour;
    if (!view || (this.asked ?? view.muted) === muted) return;
    // Nobody is to be heard all at once, whenever the contact comes back: that must be asked for anew.
    if (!muted && this.socket.lost) return;
    // Also when it would only take back what was asked before: that is on its way.
    this.asked = muted;
    this.socket.send({ type: 'mute', muted });
    this.host.requestUpdate();
  }

  use(mode: TalkMode): void {
    this.mode = mode;
    this.host.requestUpdate();
  }

  /** Nothing is asked for any more: another tour, or an answer. */
  forget(): void {
    this.asked = undefined;
    this.host.requestUpdate();
  }

  /** A snapshot tells what is so. A mute that got lost is asked for again. */
  private repeat(muted: boolean): void {
    const { asked } = this;
    this.forget();
    if (asked === true && !muted) this.set(true);
  }
}
