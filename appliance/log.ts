import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Whatever could name a person or open a door; names, captions and query strings are never passed to the log. */
const SECRETS = ['key', 'apiKey', 'token', 'setupCode', 'password', 'cookie', 'authorization'];

export function createLog({ level }: { level: string }): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
      censor: '[redacted]',
    },
  });
}

/** For tests and tools that want no log. */
export function silentLog(): Log {
  return pino({ level: 'silent' });
}
