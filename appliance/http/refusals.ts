import type { Log } from '../log.ts';
import { type ErrorCode, UbizoError } from '../protocol/errors.ts';

const LINE_EVERY_MS = 60_000;

export interface RefusalsOptions {
  readonly log: Pick<Log, 'error' | 'warn'>;
  readonly now?: () => number;
}

/** A request that failed; the path as its route has it, because a request's may carry a code. */
export interface Refused {
  readonly error: unknown;
  readonly status: number;
  readonly method: string;
  readonly path: string;
}

/**
 * What the box said no to. A refusal that it means (a full box, a disk that takes nothing) is counted by its code, and
 * told in a line a minute when it is the box that is short of something; only what nobody meant is an error.
 */
export class Refusals {
  private readonly log: RefusalsOptions['log'];
  private readonly now: () => number;
  private readonly counted = new Map<ErrorCode, number>();
  private readonly told = new Map<ErrorCode, { readonly at: number; readonly count: number }>();

  constructor({ log, now = () => performance.now() }: RefusalsOptions) {
    this.log = log;
    this.now = now;
  }

  /** Since the start. */
  get counts(): ReadonlyMap<ErrorCode, number> {
    return this.counted;
  }

  add({ error, status, method, path }: Refused): void {
    if (!(error instanceof UbizoError)) {
      this.count('internal');
      this.log.error({ err: error, method, path }, 'request failed');
      return;
    }
    const count = this.count(error.code);
    if (status < 500) return;
    const told = this.told.get(error.code);
    const now = this.now();
    if (told && now - told.at < LINE_EVERY_MS) return;
    this.told.set(error.code, { at: now, count });
    const times = count - (told?.count ?? 0);
    this.log.warn({ code: error.code, times, ...causeOf(error) }, 'requests refused');
  }

  private count(code: ErrorCode): number {
    const count = (this.counted.get(code) ?? 0) + 1;
    this.counted.set(code, count);
    return count;
  }
}

/** Of what lies behind it the system's own code: `ENOSPC` says enough, and names nobody. */
function causeOf({ cause }: UbizoError): { readonly cause?: string } {
  return cause instanceof Error && 'code' in cause ? { cause: String(cause.code) } : {};
}
