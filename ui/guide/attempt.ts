import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asLinkError, type LinkError } from '../link/problem.ts';

/** What an element asks of the box, one thing at a time, and how it went. Fires `sign-in-needed` on the element. */
export class Attempt implements ReactiveController {
  busy = false;
  problem: LinkError | undefined;
  /** The last one went well: said until the next. */
  done = false;
  private readonly host: ReactiveControllerHost & EventTarget;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.clear();
  }

  clear(): void {
    this.problem = undefined;
    this.done = false;
    this.host.requestUpdate();
  }

  /** Whether it went well; why not is in {@link problem}. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.clear();
    try {
      await work();
      this.done = true;
    } catch (error) {
      this.problem = asLinkError(error);
      if (this.problem.code === 'not_signed_in')
        this.host.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
    return this.done;
  }
}
