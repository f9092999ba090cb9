import type { Log } from '../../log.ts';
import type { ProgramTiming } from '../../program/timing.ts';
import type { WarmProgram } from '../../program/warm-program.ts';
import type { Passage } from './dialogue.ts';
import { warmMode } from './warm-mode.ts';

const REST_MS = 300_000;
/** Lines that may wait for one mode: some seconds of its work. */
const MOST_WAITING = 400;

interface Warm {
  readonly program: WarmProgram<Passage, string>;
  waiting: number;
  rest: NodeJS.Timeout | undefined;
}

/** The programs of each mode, from the first line on until nobody has asked them for some minutes. */
export class WarmModes {
  private readonly timing: ProgramTiming;
  private readonly restMs: number;
  private readonly log: Log;
  private readonly byFile = new Map<string, Warm>();
  private readonly leaving = new Set<Promise<void>>();
  private over = false;

  constructor({
    timing,
    restMs = REST_MS,
    log,
  }: {
    timing: ProgramTiming;
    restMs?: number | undefined;
    log: Log;
  }) {
    this.timing = timing;
    this.restMs = restMs;
    this.log = log;
  }

  /** A passage in the stream format, to the same. `undefined`: given up. Never rejects. */
  async ask(file: string, stream: string): Promise<string | undefined> {
    if (this.over) return undefined;
    const warm = this.warm(file);
    if (warm.waiting >= MOST_WAITING) return undefined;
    clearTimeout(warm.rest);
    warm.waiting += 1;
    const answer = await warm.program.ask({ stream, seconds: 0 });
    warm.waiting -= 1;
    if (warm.waiting === 0 && !this.over)
      warm.rest = setTimeout(() => this.close(file, warm), this.restMs).unref();
    return answer;
  }

  /** When no process is left. For good. */
  async stop(): Promise<void> {
    this.over = true;
    for (const [file, warm] of this.byFile) this.close(file, warm);
    await Promise.all(this.leaving);
  }

  private warm(file: string): Warm {
    const known = this.byFile.get(file);
    if (known) return known;
    const { timing, log } = this;
    const warm: Warm = { program: warmMode({ file, timing, log }), waiting: 0, rest: undefined };
    warm.program.start();
    this.byFile.set(file, warm);
    return warm;
  }

  private close(file: string, warm: Warm): void {
    clearTimeout(warm.rest);
    this.byFile.delete(file);
    const leaving = warm.program.stop();
    this.leaving.add(leaving);
    void leaving.then(() => this.leaving.delete(leaving));
  }
}
