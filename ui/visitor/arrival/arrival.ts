import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { tourByCode, toursOpenNow } from '../../link/api/visitors.ts';
import { onceReachable } from '../../link/once-reachable.ts';
import { asLinkError, LinkError } from '../../link/problem.ts';
import { codeInAddress } from '../enter-code/code-in-address.ts';
import { takeArrival } from './arrival-in-page.ts';

/** - `asking`: the box looks for the tour. `code`: nobody knows yet which tour. `there`: at its entrance. */
export type ArrivalState =
  | { readonly at: 'asking' }
  | {
      readonly at: 'code';
      /** The only tour open on this box, when there is just one. */
      readonly openTour: TourView | undefined;
      readonly problem: LinkError | undefined;
    }
  | { readonly at: 'there' };

/** How a visitor gets to a tour: by the link that was shown to them, or by its code. */
export class Arrival implements ReactiveController {
  state: ArrivalState = { at: 'asking' };
  private openTour: TourView | undefined;
  private readonly host: ReactiveControllerHost;
  private stopWaiting: (() => void) | undefined;
  private readonly onTour: (tour: TourView) => void;

  constructor(host: ReactiveControllerHost, onTour: (tour: TourView) => void) {
    this.host = host;
    this.onTour = onTour;
    host.addController(this);
  }

  hostConnected(): void {
    void this.arrive();
  }

  hostDisconnected(): void {
    this.stopWaiting?.();
  }

  async arrive(): Promise<void> {
    const told = takeArrival();
    if (told?.tour) {
      this.meet(told.tour);
      return;
    }
    const code = codeInAddress(location.pathname);
    if (told?.problem) {
      this.askForCode(new LinkError(told.problem.code, told.problem.message));
      return;
    }
    if (code !== undefined) return this.find(code);
    if (!told) this.show({ at: 'asking' });
    try {
      const open = told?.live ?? (await toursOpenNow());
      this.openTour = open.length === 1 ? open[0] : undefined;
      this.askForCode();
    } catch (error) {
      this.failed(asLinkError(error), () => this.arrive());
    }
  }

  async find(code: string): Promise<void> {
    // Who looks at the form keeps it in front of them.
    if (this.state.at === 'code') this.askForCode();
    else this.show({ at: 'asking' });
    try {
      this.meet(await tourByCode(code));
    } catch (error) {
      this.failed(asLinkError(error), () => this.find(code));
    }
  }

  /** Back to the code: another tour. */
  leave(): Promise<void> {
    history.replaceState(null, '', '/');
    return this.arrive();
  }

  private meet(tour: TourView): void {
    history.replaceState(null, '', `/j/${encodeURIComponent(tour.code)}`);
    this.onTour(tour);
    this.show({ at: 'there' });
  }

  /** What cannot be reached is tried again once the box answers. */
  private failed(problem: LinkError, again: () => Promise<void>): void {
    this.askForCode(problem);
    if (problem.code === 'box_unreachable') this.stopWaiting = onceReachable(() => void again());
  }

  private askForCode(problem?: LinkError): void {
    this.show({ at: 'code', openTour: this.openTour, problem });
  }

  private show(state: ArrivalState): void {
    this.stopWaiting?.();
    this.state = state;
    this.host.requestUpdate();
  }
}
