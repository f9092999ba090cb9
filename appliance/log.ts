import { multistream, pino, type Logger } from 'pino';

export type Log = Logger;

/** Whatever could name a person or open a door; names, captions and query strings are never passed to the log. */
const SECRETS = ['key', 'apiKey', 'token', 'setupCode', 'password', 'cookie', 'authorization'];

const MOST_LINES = 500;
/** A stack trace; what is longer is cut off. */
const LONGEST_LINE = 4_000;

/** The last lines of the log, in memory: the journal's are for root, and gone with the power. */
export class RecentLog {
  private readonly kept: string[] = [];

  /** The newest last, at most 500, each a JSON object unless it was too long. */
  get lines(): readonly string[] {
    return this.kept;
  }

  write(line: string): void {
    this.kept.push(line.trimEnd().slice(0, LONGEST_LINE));
    if (this.kept.length > MOST_LINES) this.kept.shift();
  }
}

export interface LogOptions {
  readonly level: string;
  /** Is given each line too. */
  readonly recent?: RecentLog;
  /** Where lines go; by default to standard output. */
  readonly out?: { write(line: string): void };
}

export function createLog({ level, recent, out = pino.destination(1) }: LogOptions): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
        censor: '[redacted]',
      },
    },
    recent ? multistream([out, recent].map((stream) => ({ level: 'trace' as const, stream }))) : out,
  );
}

/** For tests and tools that want no log. */
export function silentLog(): Log {
  return pino({ level: 'silent' });
}
