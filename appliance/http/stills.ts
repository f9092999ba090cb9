import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from '../log.ts';
import type { Arrival, DrawStill, Still } from '../protocol/arrival.ts';

/** The entrances that come drawn with a visitor's page. Without them the page draws its own, a little later. */
export class Stills {
  private readonly program: string;
  private readonly log: Log;
  private drawing: Promise<{ readonly drawStill: DrawStill }> | undefined;

  constructor({ root, log }: { root: string; log: Log }) {
    this.program = pathToFileURL(join(root, 'still/still-entrance.js')).href;
    this.log = log;
  }

  /** @param wishes the browser's languages, best first; '*' is any. */
  async of(arrival: Arrival, wishes: readonly string[]): Promise<Still | undefined> {
    if (!arrival.tour) return undefined;
    try {
      this.drawing ??= import(this.program) as Promise<{ readonly drawStill: DrawStill }>;
      const { drawStill } = await this.drawing;
      return await drawStill(arrival, wishes);
    } catch (error) {
      this.log.warn({ err: error }, 'the entrance could not be drawn');
      return undefined;
    }
  }
}
