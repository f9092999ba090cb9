/** `performance.now()` begins with the process; this is what to add to it. */
const ORIGIN = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** CLOCK_MONOTONIC, ms: one clock for all the processes of a machine. */
export function monotonicMs(): number {
  return ORIGIN + performance.now();
}

/** When which frame is due. The languages' ticks are spread evenly, as those of a tour's booths are by chance. */
export interface Schedule {
  /** When the first frame of the first language is due, ms on the shared clock. */
  readonly startMs: number;
  readonly frameMs: number;
  readonly languages: number;
}

export function dueMs({ startMs, frameMs, languages }: Schedule, language: number, frame: number): number {
  return startMs + (frame + language / languages) * frameMs;
}

/** The newest frame that is due. */
export function newestDue({ startMs, frameMs, languages }: Schedule, language: number, now: number): number {
  return Math.floor((now - startMs) / frameMs - language / languages);
}

/** RTP time (48 kHz, not wrapped) of a frame: it runs on from one schedule to the next. */
export function mediaTime(due: number): number {
  return Math.round(due * 48);
}

/** Calls back for each frame of each language when it is due, or as soon after as the thread is free. */
export class FrameClock {
  private readonly schedule: Schedule;
  private readonly tick: (language: number, frame: number, due: number) => void;
  private next = 0;
  private stopped: ((frames: number) => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor({
    schedule,
    tick,
  }: {
    schedule: Schedule;
    tick: (language: number, frame: number, due: number) => void;
  }) {
    this.schedule = schedule;
    this.tick = tick;
  }

  start(): void {
    this.run();
  }

  /** Stops behind the last language, so that all have had the same. Resolves to how many frames each has had. */
  stop(): Promise<number> {
    if (!this.timer) return Promise.resolve(this.next / this.schedule.languages);
    return new Promise((resolve) => {
      this.stopped = resolve;
    });
  }

  private readonly run = (): void => {
    const { languages } = this.schedule;
    while (this.due <= monotonicMs()) {
      this.once();
      if (!this.stopped || this.next % languages !== 0) continue;
      clearTimeout(this.timer);
      this.timer = undefined;
      this.stopped(this.next / languages);
      return;
    }
    this.timer = setTimeout(this.run, Math.max(0, this.due - monotonicMs()));
  };

  private get due(): number {
    const { languages } = this.schedule;
    return dueMs(this.schedule, this.next % languages, Math.floor(this.next / languages));
  }

  private once(): void {
    const { languages } = this.schedule;
    const { due } = this;
    this.tick(this.next % languages, Math.floor(this.next / languages), due);
    this.next++;
  }
}
