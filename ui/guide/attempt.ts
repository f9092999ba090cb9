import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onceReachable } from '../link/once-reachable.ts';
import { asLinkError, type LinkError } from '../link/problem.ts';

/** What an element asks of the box, one thing at a time, and how it went. Fires `sign-in-needed` on the element. */
export class Attempt implements ReactiveController {
  busy = false;
  problem: LinkError | undefined;
  /** The last one went well: said until the next. */
  done = false;
  private readonly host: ReactiveControllerHost & EventTarget;
  private stopWaiting: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.clear();
  }

  hostDisconnected(): void {
    this.stopWaiting?.();
  }

  clear(): void {
    this.stopWaiting?.();
    this.problem = undefined;
    this.done = false;
    this.host.requestUpdate();
  }

  /**
   * Whether it went well; why not is in {@link problem}, for as long as that is so.
   * @param options.again it only looks: when the box could not be reached, it is done again once the box answers
   */
  async run(work: () => Promise<void>, { again = false }: { again?: boolean } = {}): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.clear();
    try {
      await work();
      this.done = true;
    } catch (error) {
      this.meet(asLinkError(error), () => (again ? void this.run(work, { again }) : this.clear()));
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
    return this.done;
  }

  private meet(problem: LinkError, onReachable: () => void): void {
    this.problem = problem;
    if (problem.code === 'not_signed_in')
      this.host.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
    if (problem.code === 'box_unreachable') this.stopWaiting = onceReachable(onReachable);
  }
}
