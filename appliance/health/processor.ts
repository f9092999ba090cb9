import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';

interface Times {
  readonly busy: number;
  readonly all: number;
}

/** How much the machine's cores, and this thread, had to do since the last look. */
export class Processor {
  private before = times();
  private loop = performance.eventLoopUtilization();

  /** Shares, 0 to 1. `cpu`: nothing where no time has passed. `thread`: of the thread that calls. */
  take(): { readonly cpu: number | undefined; readonly thread: number } {
    const now = times();
    const { before, loop } = this;
    this.before = now;
    this.loop = performance.eventLoopUtilization();
    const passed = now.all - before.all;
    return {
      cpu: passed > 0 ? (now.busy - before.busy) / passed : undefined,
      thread: performance.eventLoopUtilization(this.loop, loop).utilization,
    };
  }
}

function times(): Times {
  let busy = 0;
  let all = 0;
  for (const { times: of } of cpus()) {
    const sum = of.user + of.nice + of.sys + of.idle + of.irq;
    all += sum;
    busy += sum - of.idle;
  }
  return { busy, all };
}
