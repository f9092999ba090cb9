import type { Log } from '../log.ts';
import type { Part } from './part.ts';

/** How long each part took to start, ms, in order; `program`: what came before them in the process. */
export type StartTimes = Readonly<Record<string, number>>;

/** The parts of the box in their order: each may rely on those before it, from its start to its stop. */
export class Assembly {
  private readonly parts: readonly Part[];
  private readonly log: Pick<Log, 'error'>;
  /** Whose start was called, the last one first. */
  private readonly begun: Part[] = [];
  private starting: Promise<StartTimes | undefined> | undefined;
  private stopping = false;

  constructor({ parts, log }: { parts: readonly Part[]; log: Pick<Log, 'error'> }) {
    this.parts = parts;
    this.log = log;
  }

  /**
   * Starts one part after the other.
   * @returns nothing when it was stopped meanwhile.
   * @throws what the part that failed has thrown; those before it are stopped again by then.
   */
  async start(): Promise<StartTimes | undefined> {
    this.starting = this.startAll();
    try {
      return await this.starting;
    } catch (error) {
      await this.stopBegun();
      throw error;
    }
  }

  /** In reverse. A part that cannot be stopped does not keep the others from it. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.starting?.catch(() => undefined);
    await this.stopBegun();
  }

  private async startAll(): Promise<StartTimes | undefined> {
    let last = performance.now();
    const times: Record<string, number> = { program: Math.round(last) };
    for (const part of this.parts) {
      if (this.stopping) return undefined;
      this.begun.unshift(part);
      if (!part.start) continue;
      await part.start();
      const now = performance.now();
      times[part.name] = Math.round(now - last);
      last = now;
    }
    return { ...times, total: Math.round(last) };
  }

  private async stopBegun(): Promise<void> {
    for (let part = this.begun.shift(); part; part = this.begun.shift()) {
      try {
        await part.stop?.();
      } catch (error) {
        this.log.error({ err: error, part: part.name }, 'a part could not be stopped');
      }
    }
  }
}
