import { nanoid } from 'nanoid';
import * as z from 'zod/mini';
import type { Section } from '../storage/section.ts';

/** Ms since the epoch, by the box's clock. */
const time = z.number();

const signingKey = z.object({
  /** `kid` of the tokens that it signs. */
  id: z.string(),
  /** 32 bytes, base64url. */
  key: z.string(),
  createdAt: time,
});
export type SigningKey = z.infer<typeof signingKey>;

const retention = z.object({
  /** Days that a transcript is kept; 0: none is made. */
  transcriptDays: z.number().check(z.int(), z.minimum(0), z.maximum(3_650)),
  recordings: z.boolean(),
});

/** The box itself: its name, what its owner has set, its keys. They are nobody's business: never log it. */
const deviceRecord = z.object({
  name: z.string(),
  /** Proves that who sets the box up holds it; printed at the start and on the label. */
  setupCode: z.string(),
  /** The owner has asked for another than that of the settings. */
  setupCodeIsOwners: z.optional(z.boolean()),
  /** When the first owner's account was made. */
  claimedAt: z.optional(time),
  /** The newest last: it signs; the others still verify. */
  signingKeys: z.array(signingKey).check(z.minLength(1)),
  openaiKey: z.optional(z.string()),
  /** Per tour, US dollars. */
  spendCapUsd: z.optional(z.number().check(z.minimum(0))),
  /** How far guides may raise that for a tour; missing: not at all. */
  raisableToUsd: z.optional(z.number().check(z.minimum(0))),
  retention,
  passwordsOverHttp: z.boolean(),
  /** The latest time that this box has seen: after a power cut its clock may stand anywhere before it. */
  latestTime: time,
  /** The same, but for what cannot be undone: only of clocks that have held. */
  sureTime: time,
});
export type DeviceRecord = z.infer<typeof deviceRecord>;

export interface DeviceState {
  device: DeviceRecord;
}

/** What a new box makes for itself. */
export interface FirstSecrets {
  readonly signingKey: SigningKey;
  readonly setupCode: string;
}

/** 0.1: one signing key, and the setup code. */
const version1 = z.object({ signingKey: z.string(), setupCode: z.string() });

export function deviceSection(secrets: () => FirstSecrets): Section<DeviceRecord> {
  return {
    since: 2,
    schema: deviceRecord,
    first: () => newDevice(secrets()),
    migrations: {
      1: (file) => {
        const { signingKey: key, setupCode } = version1.parse(file);
        return newDevice({ signingKey: { id: nanoid(8), key, createdAt: 0 }, setupCode });
      },
    },
  };
}

/** A device as it is before its owner has said anything. */
function newDevice({ signingKey: key, setupCode }: FirstSecrets): DeviceRecord {
  return {
    name: 'Ubizo',
    setupCode,
    retention: { transcriptDays: 30, recordings: false },
    passwordsOverHttp: false,
    latestTime: 0,
    sureTime: 0,
    signingKeys: [key],
  };
}
