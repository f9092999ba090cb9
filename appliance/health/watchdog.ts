import { execFile } from 'node:child_process';
import { get } from 'node:http';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { Log } from '../log.ts';

const run = promisify(execFile);

const ANSWER_MS = 5_000;
/** Before the first check passed, systemd waits; it is told as soon as there is something to tell. */
const FIRST_CHECKS_MS = 500;

const answer = z.object({
  parts: z.record(z.string(), z.object({ ok: z.boolean(), lasting: z.optional(z.boolean()) })),
});

export interface WatchdogOptions {
  /** NOTIFY_SOCKET and WATCHDOG_USEC as systemd sets them (sd_notify(3), sd_watchdog_enabled(3)). */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The box's own `/healthz`, asked over the network as a page would. */
  readonly url: () => string;
  readonly log: Pick<Log, 'warn' | 'debug'>;
}

/**
 * Tells systemd that the box is ready, and then, again and again, that it is well. Only a health check that passes is
 * told: when none does for as long as WatchdogSec says, systemd starts the box anew. What a restart would not mend (a
 * full disk) counts as well: the guide's voice goes on. Without systemd it does nothing.
 */
export class Watchdog {
  private readonly options: WatchdogOptions;
  private readonly watched: boolean;
  private readonly intervalMs: number;
  private timer: NodeJS.Timeout | undefined;
  private checking: Promise<void> | undefined;
  private ready = false;
  private stopped = false;

  constructor(options: WatchdogOptions) {
    this.options = options;
    const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: microseconds } = options.environment;
    this.watched = Boolean(socket);
    // Four chances before the time is up.
    this.intervalMs = microseconds ? Math.max(100, Number(microseconds) / 4_000) : 15_000;
  }

  start(): void {
    if (this.watched) this.check();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.checking;
    if (this.watched) await this.tell('STOPPING=1');
  }

  private check(): void {
    this.checking = (async () => {
      const problem = await problemOf(this.options.url());
      if (problem === undefined)
        await this.tell(...(this.ready ? [] : ['READY=1']), 'WATCHDOG=1', 'STATUS=well');
      else {
        this.options.log.warn({ problem }, 'not well');
        await this.tell(`STATUS=not well: ${problem}`);
      }
      this.ready ||= problem === undefined;
      if (this.stopped) return;
      const wait = this.ready ? this.intervalMs : Math.min(FIRST_CHECKS_MS, this.intervalMs);
      this.timer = setTimeout(() => this.check(), wait);
    })();
  }

  /** Node has no Unix datagrams; systemd's own program has, and waits until it was heard. */
  private async tell(...assignments: readonly string[]): Promise<void> {
    try {
      await run('systemd-notify', assignments, { env: { ...process.env, ...this.options.environment } });
    } catch (error) {
      this.options.log.warn({ err: error }, 'systemd could not be told');
    }
  }
}

/** The names of the parts that are not well and that a restart may mend, or what went wrong; nothing when all is well. */
async function problemOf(url: string): Promise<string | undefined> {
  try {
    const { parts } = answer.parse(JSON.parse(await read(url)));
    const unwell = Object.entries(parts).filter(([, { ok, lasting }]) => !ok && lasting !== true);
    return unwell.length === 0 ? undefined : unwell.map(([name]) => name).join(', ');
  } catch (error) {
    return error instanceof Error && 'code' in error
      ? String(error.code)
      : 'the health check gives no answer';
  }
}

function read(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: ANSWER_MS }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(body));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
  });
}
