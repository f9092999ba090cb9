import type { ReactiveControllerHost } from 'lit';

/**
 * A part of a page that is fetched when the first screen stands. Fetching may fail, as where a phone is out of reach
 * for a moment: then `part` stays undefined, and the page does without until it is wanted again.
 */
export class LoadedLater<Part> {
  part: Part | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly fetchPart: () => Promise<Part>;
  private attempt: Promise<void> | undefined;
  private failed = false;

  constructor(host: ReactiveControllerHost, fetchPart: () => Promise<Part>) {
    this.host = host;
    this.fetchPart = fetchPart;
  }

  /** Ends when the part is there or cannot be had now; never throws. `again`: even if it failed before. */
  load({ again = false }: { again?: boolean } = {}): Promise<void> {
    if (this.failed && again) this.attempt = undefined;
    this.attempt ??= this.fetch();
    return this.attempt;
  }

  private async fetch(): Promise<void> {
    this.failed = false;
    try {
      this.part = await this.fetchPart();
      this.host.requestUpdate();
    } catch {
      this.failed = true;
    }
  }
}
