import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SoundCheckView } from '../../../../appliance/protocol/sound-check.ts';
import { beginSoundCheck, endSoundCheck, soundCheck } from '../../../link/api/sound-check.ts';
import { asLinkError } from '../../../link/problem.ts';
import { Attempt } from '../../attempt.ts';

/** So often the box is asked how far it is, ms. */
const LOOK_MS = 500;

/** A sound check as it goes on: begun, looked at until it is done, ended. Fires `sign-in-needed` on the element. */
export class SoundCheckWatch implements ReactiveController {
  view: SoundCheckView | undefined;
  private readonly host: ReactiveControllerHost & EventTarget;
  private readonly attempt: Attempt;
  private tour = '';
  private looking: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.host = host;
    this.attempt = new Attempt(host);
    host.addController(this);
  }

  get problem() {
    return this.attempt.problem ?? this.view?.problem;
  }

  get running(): boolean {
    return this.attempt.busy || (this.view !== undefined && this.view.state !== 'done');
  }

  hostDisconnected(): void {
    clearTimeout(this.looking);
    // Whoever leaves the desk has heard enough of it: nothing is kept.
    if (this.view) void endSoundCheck(this.tour).catch(() => undefined);
    this.view = undefined;
  }

  async begin(tour: string, clip?: File): Promise<void> {
    this.forget();
    this.tour = tour;
    await this.attempt.run(async () => {
      this.view = await beginSoundCheck(tour, clip);
      this.lookLater();
    });
  }

  async cancel(): Promise<void> {
    const { tour } = this;
    this.forget();
    await this.attempt.run(() => endSoundCheck(tour));
  }

  /** Another tour is on the desk. */
  forget(): void {
    clearTimeout(this.looking);
    this.view = undefined;
    this.host.requestUpdate();
  }

  private lookLater(): void {
    if (this.view?.state !== 'done') this.looking = setTimeout(() => void this.look(), LOOK_MS);
  }

  private async look(): Promise<void> {
    const before = this.view;
    try {
      const view = await soundCheck(this.tour);
      // It was ended, or begun anew, meanwhile.
      if (this.view !== before) return;
      this.view = view;
    } catch (error) {
      if (this.view !== before) return;
      // The box is asked again until it answers; what it has forgotten is over.
      if (asLinkError(error).code === 'sound_check_missing') this.view = undefined;
    }
    this.host.requestUpdate();
    if (this.view) this.lookLater();
  }
}
