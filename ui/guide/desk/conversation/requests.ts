import type { ReactiveControllerHost } from 'lit';
import { asLinkError, type LinkError } from '../../../link/problem.ts';

export interface RequestsParts {
  /** The id of the tour on the desk. */
  readonly tour: () => string | undefined;
  readonly onSignedOut: () => void;
}

/**
 * What the guide asks of the box for the conversation with visitors. Unlike steps of the tour, several may be under way:
 * only what was pressed waits.
 */
export class Requests {
  /** Why the last one was refused, until the next or until it was read. */
  problem: LinkError | undefined;
  /** Keys of what is not answered yet; another set after each change, so that Lit sees it. */
  underWay: ReadonlySet<string> = new Set();
  private readonly host: ReactiveControllerHost;
  private readonly parts: RequestsParts;

  constructor(host: ReactiveControllerHost, parts: RequestsParts) {
    this.host = host;
    this.parts = parts;
  }

  /** Whether it went well. One with a key that is under way is not asked again. */
  async run(key: string, call: (tour: string) => Promise<unknown>): Promise<boolean> {
    const tour = this.parts.tour();
    if (tour === undefined || this.underWay.has(key)) return false;
    this.underWay = new Set(this.underWay).add(key);
    this.tell(undefined);
    try {
      await call(tour);
      return true;
    } catch (error) {
      const problem = asLinkError(error);
      this.tell(problem);
      if (problem.code === 'not_signed_in') this.parts.onSignedOut();
      return false;
    } finally {
      this.underWay = new Set([...this.underWay].filter((each) => each !== key));
      this.host.requestUpdate();
    }
  }

  tell(problem: LinkError | undefined): void {
    this.problem = problem;
    this.host.requestUpdate();
  }
}
