import type { DeskSocket } from '../desk-socket.ts';
import type { DeskTour } from '../tour/desk-tour.ts';

/** Whether the guide is heard. */
export class Mute {
  private readonly socket: DeskSocket;
  private readonly tour: DeskTour;
  /** What the guide last asked for. It is asked again after a lost connection: a guide must never be heard unknowingly. */
  private wanted: boolean | undefined;

  constructor({ socket, tour }: { socket: DeskSocket; tour: DeskTour }) {
    this.socket = socket;
    this.tour = tour;
    socket.on('tour', (event) => this.repeat(event.tour.muted));
    socket.on('tour-changed', ({ changes }) => {
      if (changes.muted === this.wanted) this.wanted = undefined;
    });
  }

  set(muted: boolean): void {
    const { view } = this.tour;
    if (!view || (this.wanted ?? view.muted) === muted) return;
    this.wanted = muted;
    this.tour.change({ muted });
    this.socket.send({ type: 'mute', muted });
  }

  /** Another tour. */
  forget(): void {
    this.wanted = undefined;
  }

  private repeat(muted: boolean): void {
    const { wanted } = this;
    this.wanted = undefined;
    if (wanted !== undefined && wanted !== muted) this.set(wanted);
  }
}
