import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { TourPatch } from '../../../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import { changeTour, takeStep, type TourStep } from '../../../link/api/tours.ts';
import { onceReachable } from '../../../link/once-reachable.ts';
import { asLinkError, LinkError } from '../../../link/problem.ts';
import type { DeskSocket } from '../desk-socket.ts';
import type { DeskTour } from './desk-tour.ts';

export interface DeskCallsParts {
  readonly socket: DeskSocket;
  readonly tour: DeskTour;
  readonly onSignedOut: () => void;
}

/** What was asked for and is not answered yet. */
export interface Asked {
  readonly step?: TourStep;
  readonly patch?: TourPatch;
  /** The id of a visitor. */
  readonly removal?: string;
}

/** What the guide asks of the box for the tour, and why the last of it was refused, for as long as that is so. */
export class DeskCalls implements ReactiveController {
  asked: Asked | undefined;
  problem: LinkError | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly parts: DeskCallsParts;
  private stopWaiting: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, parts: DeskCallsParts) {
    this.host = host;
    this.parts = parts;
    const { socket } = parts;
    socket.on('error', ({ code, message }) => this.tell(new LinkError(code, message)));
    // The box answers, and to this guide: whatever was in the way of that is gone.
    socket.on('tour', () => this.tell(undefined));
    // What was refused was refused for the tour as it was, or for its microphone.
    socket.on('tour-changed', ({ changes: { state } }) => state && this.tell(undefined));
    socket.on('microphone', () => {
      if (this.problem?.code.startsWith('microphone_')) this.tell(undefined);
    });
    host.addController(this);
  }

  get busy(): boolean {
    return this.asked !== undefined;
  }

  hostDisconnected(): void {
    this.stopWaiting?.();
  }

  take(step: TourStep): Promise<void> {
    return this.change({ step }, (id) => takeStep(id, step));
  }

  patch(patch: TourPatch): Promise<void> {
    return this.change({ patch }, (id) => changeTour(id, patch));
  }

  /** A call on the tour with this id; its problem is said on the desk. */
  async ask(call: (id: string) => Promise<void>, asked: Asked = {}): Promise<void> {
    const { view } = this.parts.tour;
    if (!view) return;
    this.asked = asked;
    this.tell(undefined);
    try {
      await call(view.id);
    } catch (error) {
      const problem = asLinkError(error);
      this.tell(problem);
      if (problem.code === 'not_signed_in') this.parts.onSignedOut();
    } finally {
      if (this.asked === asked) this.asked = undefined;
      this.host.requestUpdate();
    }
  }

  tell(problem: LinkError | undefined): void {
    this.stopWaiting?.();
    this.problem = problem;
    if (problem?.code === 'box_unreachable') this.stopWaiting = onceReachable(() => this.tell(undefined));
    this.host.requestUpdate();
  }

  private change(asked: Asked, call: (id: string) => Promise<TourDeskView>): Promise<void> {
    return this.ask(async (id) => this.parts.tour.show(await call(id)), asked);
  }
}
