import * as z from 'zod/mini';
import { boardView, boxUse, uplinkView } from './box-state.ts';
import { narrowestView } from './last-hour.ts';
import { recoveryCause, recoveryLevel, recoveryOutcome } from './recovery.ts';
import { channelState, interpretedBy, tourState, voicePace } from './views.ts';

/** All that the box knows of how it works, for who is asked for help. Nobody is named: tours and phones have numbers. */

/** One phone's connection for sound. */
const connectionDiagnosis = z.object({
  /** Which of {@link tourDiagnosis}. */
  tour: z.number(),
  state: z.enum(['connecting', 'connected', 'disconnected', 'closed']),
  /** Ahead of its visitor's tap. */
  waiting: z.boolean(),
  language: z.optional(z.string()),
  forS: z.number(),
  quality: z.string(),
  /** Share of packets lost, 0 to 1. */
  loss: z.number(),
  jitterMs: z.number(),
  roundTripMs: z.optional(z.number()),
});

/** A language of a tour, and who interprets it: its session. */
const sessionDiagnosis = z.object({
  language: z.string(),
  state: channelState,
  by: interpretedBy,
  lagMs: z.number(),
  listeners: z.number(),
  readers: z.number(),
  pace: z.optional(voicePace),
  problem: z.optional(z.string()),
});

const tourDiagnosis = z.object({
  tour: z.number(),
  state: tourState,
  muted: z.boolean(),
  /** What kind of microphone; which one may be named after somebody. */
  microphone: z.object({ kind: z.string(), state: z.string(), problem: z.optional(z.string()) }),
  sessions: z.array(sessionDiagnosis),
  spend: z.object({ usd: z.number(), capUsd: z.nullable(z.number()), state: z.string() }),
});
export type TourDiagnosis = z.infer<typeof tourDiagnosis>;

const counts = z.record(z.string(), z.number());

const shardDiagnosis = z.object({
  connections: z.number(),
  packetsPerSecond: z.number(),
  droppedPerSecond: z.number(),
  lateMsP99: z.number(),
});

/** What a tour's guide sees: of their tour all, of the box what it has to do with it. */
export const tourDiagnosticsView = z.object({
  /** ms since the epoch. */
  at: z.number(),
  version: z.string(),
  tours: z.array(tourDiagnosis),
  connections: z.array(connectionDiagnosis),
  /** How much of what there is for all is in use. */
  pool: z.extend(boxUse, { waiting: z.number(), shards: z.array(shardDiagnosis) }),
  narrowest: narrowestView,
});
export type TourDiagnosticsView = z.infer<typeof tourDiagnosticsView>;

export const diagnosticsView = z.extend(tourDiagnosticsView, {
  node: z.string(),
  machine: z.object({
    processor: z.string(),
    cores: z.number(),
    memoryBytes: z.number(),
    freeBytes: z.number(),
    usedBytes: z.number(),
  }),
  upS: z.number(),
  /** As in `/healthz`. */
  health: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.optional(z.string()) })),
  board: boardView,
  uplink: uplinkView,
  /** Who is sent sound, by the way of sound. */
  ways: counts,
  /** Phones of which there is a verdict, by how well they hear. */
  hearing: counts,
  /** How attempts to connect have ended; calls refused, by error code; what is outside the box. */
  attempts: counts,
  refusals: counts,
  breakers: z.record(z.string(), z.string()),
  recoveries: z.array(
    z.object({ level: recoveryLevel, cause: recoveryCause, outcome: recoveryOutcome, count: z.number() }),
  ),
  /** `set`: it has a value that is nobody else's business. */
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The newest last, at most 500, each a JSON object. */
  log: z.array(z.string()),
});
export type DiagnosticsView = z.infer<typeof diagnosticsView>;
