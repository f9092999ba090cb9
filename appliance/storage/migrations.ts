import { nanoid } from 'nanoid';
import * as z from 'zod/mini';
import { tourRecord } from '../tour/record.ts';
import { STATE_VERSION, type StateRecord, stateRecord } from './records.ts';

const versioned = z.looseObject({ version: z.number() });

/** 0.1: tours, one signing key, the setup code. */
const version1 = z.object({
  version: z.literal(1),
  tours: z.array(tourRecord),
  signingKey: z.string(),
  setupCode: z.string(),
});

/** How each version becomes the next. */
const STEPS: Record<number, (data: unknown) => unknown> = {
  1: (data) => {
    const { tours, signingKey, setupCode } = version1.parse(data);
    return {
      version: 2,
      revision: 0,
      device: {
        ...newDevice({ setupCode }),
        signingKeys: [{ id: nanoid(8), key: signingKey, createdAt: 0 }],
      },
      accounts: [],
      sessions: [],
      tours,
      erasing: [],
    };
  },
};

/** A device as it is before its owner has said anything; without signing keys. */
export function newDevice({ setupCode }: { setupCode: string }): Omit<StateRecord['device'], 'signingKeys'> {
  return {
    name: 'Ubizo',
    setupCode,
    retention: { transcriptDays: 30, recordings: false },
    passwordsOverHttp: false,
    latestTime: 0,
    sureTime: 0,
  };
}

/** The state was written by a later version of the program, which knows what this one does not. */
export class LaterVersion extends Error {
  constructor(version: number) {
    super(`version ${version} of the state file is later than ${STATE_VERSION}`);
    this.name = 'LaterVersion';
  }
}

/** @returns the state in today's version, and the version it was found in. @throws LaterVersion; ZodError. */
export function migrate(found: unknown): { state: StateRecord; from: number } {
  const from = versioned.parse(found).version;
  if (from > STATE_VERSION) throw new LaterVersion(from);
  let data = found;
  for (let version = from; version < STATE_VERSION; version++) data = STEPS[version]?.(data);
  return { state: stateRecord.parse(data), from };
}
