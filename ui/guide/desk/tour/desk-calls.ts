import type { ReactiveControllerHost } from 'lit';
import type { TourPatch } from '../../../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import { changeTour, takeStep, type TourStep } from '../../../link/api/tours.ts';
import { asLinkError, LinkError } from '../../../link/problem.ts';
import type { DeskSocket } from '../desk-socket.ts';
import type { DeskTour } from './desk-tour.ts';

export interface DeskCallsParts {
  readonly socket: DeskSocket;
  readonly tour: DeskTour;
  readonly onSignedOut: () => void;
}

/** What the guide asks of the box for the tour, and why the last of it was refused. */
export class DeskCalls {
  /** Something was asked for and not yet answered. */
  busy = false;
  problem: LinkError | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly parts: DeskCallsParts;

  constructor(host: ReactiveControllerHost, parts: DeskCallsParts) {
    this.host = host;
    this.parts = parts;
    parts.socket.on('error', ({ code, message }) => this.tell(new LinkError(code, message)));
  }

  take(step: TourStep): Promise<void> {
    return this.change((id) => takeStep(id, step));
  }

  patch(patch: TourPatch): Promise<void> {
    return this.change((id) => changeTour(id, patch));
  }

  /** A call on the tour with this id; its problem is said on the desk. */
  async ask(call: (id: string) => Promise<void>): Promise<void> {
    const { view } = this.parts.tour;
    if (!view) return;
    this.busy = true;
    this.tell(undefined);
    try {
      await call(view.id);
    } catch (error) {
      this.problem = asLinkError(error);
      if (this.problem.code === 'not_signed_in') this.parts.onSignedOut();
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  tell(problem: LinkError | undefined): void {
    this.problem = problem;
    this.host.requestUpdate();
  }

  private change(call: (id: string) => Promise<TourDeskView>): Promise<void> {
    return this.ask(async (id) => this.parts.tour.show(await call(id)));
  }
}
