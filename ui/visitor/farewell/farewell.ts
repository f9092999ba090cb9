import type { ReactiveControllerHost } from 'lit';
import { ownTranscript, rate } from '../../link/api/visits.ts';
import { asLinkError, type LinkError } from '../../link/problem.ts';

export interface FarewellParts {
  /** The pass of the join, while there is one. */
  readonly token: () => Promise<string>;
  readonly tour: () => { readonly id: string; readonly name: string } | undefined;
  readonly language: () => string;
}

/** After the tour: the words to take along, and a rating to leave behind. */
export class Farewell {
  /** The box has the rating. */
  rated = false;
  problem: LinkError | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly parts: FarewellParts;

  constructor(host: ReactiveControllerHost, parts: FarewellParts) {
    this.host = host;
    this.parts = parts;
  }

  async rate(stars: number): Promise<void> {
    await this.attempt(async (visit) => {
      await rate(visit, stars);
      this.rated = true;
    });
  }

  /** Saves the transcript as the browser saves a file. */
  async takeTranscript(): Promise<void> {
    const language = this.parts.language();
    await this.attempt(async (visit) => {
      const url = URL.createObjectURL(await ownTranscript(visit, language));
      const link = document.createElement('a');
      link.href = url;
      link.download = `${visit.name} ${language}.txt`;
      link.click();
      // Some browsers read it only after the click.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  }

  private async attempt(
    act: (visit: { tour: string; token: string; name: string }) => Promise<void>,
  ): Promise<void> {
    const tour = this.parts.tour();
    if (!tour) return;
    this.problem = undefined;
    try {
      await act({ tour: tour.id, name: tour.name, token: await this.parts.token() });
    } catch (error) {
      this.problem = asLinkError(error);
    }
    this.host.requestUpdate();
  }
}
