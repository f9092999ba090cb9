import { parseArgs } from 'node:util';
import { count } from '../prepare.ts';

const SERVERS = ['ubizo', 'werift', 'janus'] as const;
export type ServerName = (typeof SERVERS)[number];

export interface FanOutOptions {
  readonly listeners: number;
  readonly languages: number;
  /** How long the steady load is measured. */
  readonly seconds: number;
  /** How much of the pauses is made in which a server settles: 1 for figures, less to see that it works. */
  readonly patience: number;
  readonly frameMs: number;
  readonly only: readonly ServerName[];
  readonly profile: 'gcm' | 'sha1';
  readonly red: boolean;
  /** The box alone, with ever more listeners. */
  readonly growth: boolean;
}

/** @throws with what is wrong. */
export function readOptions(args: readonly string[]): FanOutOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      listeners: { type: 'string', default: '200' },
      languages: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '20' },
      'frame-ms': { type: 'string', default: '60' },
      only: { type: 'string', default: SERVERS.join(',') },
      profile: { type: 'string', default: 'gcm' },
      red: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
    },
  });
  return {
    listeners: values.short ? 3 : count('listeners', values.listeners),
    languages: count('languages', values.languages),
    seconds: values.short ? 1 : count('seconds', values.seconds),
    patience: values.short ? 0.1 : 1,
    frameMs: count('frame-ms', values['frame-ms']),
    only: values.only.split(',').map((name) => oneOf('only', SERVERS, name)),
    profile: oneOf('profile', ['gcm', 'sha1'] as const, values.profile),
    red: values.red,
    growth: values.growth,
  };
}

function oneOf<T extends string>(option: string, allowed: readonly T[], text: string): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw new RangeError(`--${option} ${text}: must be of ${allowed.join(', ')}.`);
  return found;
}
