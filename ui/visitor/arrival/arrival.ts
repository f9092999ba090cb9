import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { OpenTours } from '../../../appliance/protocol/arrival.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { tourByCode, toursOpenNow } from '../../link/api/visitors.ts';
import { onceReachable } from '../../link/once-reachable.ts';
import { asLinkError, LinkError } from '../../link/problem.ts';
import { codeInAddress } from '../enter-code/code-in-address.ts';
import { takeArrival } from './arrival-in-page.ts';

/** - `asking`: the box looks for the tour. `code`: nobody knows yet which tour. `there`: at its entrance. */
export type ArrivalState =
  | { readonly at: 'asking' }
  | { readonly at: 'code'; readonly problem: LinkError | undefined }
  | {
      readonly at: 'there';
      /** By a sign of the box, not of the tour: it may be another that they want. */
      readonly byItself: boolean;
    };

/** How a visitor gets to a tour: by the link that was shown to them, by its code, or because it is the one that is live. */
export class Arrival implements ReactiveController {
  state: ArrivalState = { at: 'asking' };
  /** The tours that are not over: one may be chosen without a code. */
  open: readonly TourView[] = [];
  /** What the owner calls the box; '' while it is not known. */
  box = '';
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

  /** By the address: the tour of its code, else the one that is live, else the choice. */
  async arrive(): Promise<void> {
    const told = takeArrival();
    if (told) this.tellOpen(told);
    const code = codeInAddress(location.pathname);
    if (told?.tour) this.meet(told.tour);
    else if (told?.problem) this.askForCode(new LinkError(told.problem.code, told.problem.message));
    else if (code !== undefined) await this.find(code);
    else if (told || (await this.askWhatIsOpen(() => this.arrive()))) this.meetOrChoose();
  }

  async find(code: string): Promise<void> {
    // Who looks at the form keeps it in front of them.
    if (this.state.at === 'code') this.askForCode();
    else this.show({ at: 'asking' });
    try {
      this.meet(await tourByCode(code));
    } catch (error) {
      this.explain(asLinkError(error), () => this.find(code));
    }
  }

  /** Back to the choice: another tour. */
  async leave(): Promise<void> {
    history.replaceState(null, '', '/');
    if (await this.askWhatIsOpen(() => this.leave())) this.askForCode();
  }

  /** What is open has changed. */
  tellOpen({ tours, box }: OpenTours): void {
    this.open = tours;
    this.box = box;
    this.host.requestUpdate();
  }

  private async askWhatIsOpen(again: () => Promise<void>): Promise<boolean> {
    this.show({ at: 'asking' });
    try {
      this.tellOpen(await toursOpenNow());
      return true;
    } catch (error) {
      this.explain(asLinkError(error), again);
      return false;
    }
  }

  /** A box's own sign leads to the tour that goes on, if it is one. */
  private meetOrChoose(): void {
    const [first, ...others] = this.open.filter(({ state }) => state !== 'ready');
    if (first && others.length === 0) this.meet(first, { byItself: true });
    else this.askForCode();
  }

  private meet(tour: TourView, { byItself = false } = {}): void {
    history.replaceState(null, '', `/j/${encodeURIComponent(tour.code)}`);
    this.onTour(tour);
    this.show({ at: 'there', byItself });
  }

  /** What cannot be reached is tried again once the box answers. */
  private explain(problem: LinkError, again: () => Promise<void>): void {
    this.askForCode(problem);
    if (problem.code === 'box_unreachable') this.stopWaiting = onceReachable(() => void again());
  }

  private askForCode(problem?: LinkError): void {
    this.show({ at: 'code', problem });
  }

  private show(state: ArrivalState): void {
    this.stopWaiting?.();
    this.state = state;
    this.host.requestUpdate();
  }
}
