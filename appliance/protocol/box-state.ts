import * as z from 'zod/mini';
import { narrowestView } from './last-hour.ts';

/** How the box itself is: what its guide looks at when something is slow or silent. Derived; nothing here is stored. */

const wifiView = z.object({
  /** The box's own Wi-Fi, or the tour's that it has joined. */
  network: z.enum(['own', 'tour']),
  phase: z.enum(['up', 'switching', 'down']),
  ssid: z.optional(z.string()),
  /** Of the box's own Wi-Fi, as it stands on the visitors' sheet; missing on an open one. */
  passphrase: z.optional(z.string()),
  /** Why the last switch did not come about; the box is then back on its own Wi-Fi. */
  problem: z.optional(z.enum(['not_joined', 'wrong_settings', 'no_interface', 'failed'])),
  /** Whether there is a radio to join another Wi-Fi with. */
  canJoin: z.boolean(),
});
export type WifiView = z.infer<typeof wifiView>;

export const uplinkView = z.object({
  via: z.enum(['cable', 'mobile', 'wifi', 'none']),
  /** Whether the interpreter's server answers; missing when no interpreter needs one. */
  online: z.optional(z.boolean()),
});
export type UplinkView = z.infer<typeof uplinkView>;

export const boardView = z.object({
  temperatureC: z.optional(z.number()),
  /** `weak`: too little voltage, now or since the start. `hot`: slowed down to cool. Missing: the board does not tell. */
  power: z.optional(z.enum(['good', 'weak', 'hot'])),
  battery: z.optional(z.object({ percent: z.number(), charging: z.boolean() })),
  storage: z.optional(z.object({ freeBytes: z.number(), totalBytes: z.number() })),
});
export type BoardView = z.infer<typeof boardView>;

/** What is outside the box and does not answer: `open` it is left alone for now, `half-open` it is being tried again. */
const outsideView = z.object({
  kind: z.enum(['interpreting', 'captions', 'texts', 'reading', 'ice']),
  state: z.enum(['half-open', 'open']),
});
export type OutsideView = z.infer<typeof outsideView>;

/** How much of what the box has is in use. */
export const boxUse = z.object({
  /** Phones that are sent sound, and how many may be. */
  listeners: z.number(),
  mostListeners: z.number(),
  /** Open with the interpreter's server: each is paid for. */
  modelSessions: z.number(),
  /** Each kind once. */
  outside: z.array(outsideView),
});
export type BoxUse = z.infer<typeof boxUse>;

export const boxStateView = z.object({
  version: z.string(),
  /** Leads to the box in either Wi-Fi, by mDNS. */
  guideUrl: z.string(),
  /** Missing when the network is none of the box's business. */
  wifi: z.optional(wifiView),
  /** Phones on the box's own Wi-Fi. */
  phones: z.optional(z.number()),
  uplink: uplinkView,
  board: boardView,
  use: boxUse,
  /** What it is nearest to running out of. */
  narrowest: narrowestView,
});
export type BoxStateView = z.infer<typeof boxStateView>;

const encoder = new TextEncoder();

/** IEEE 802.11: a name has 1 to 32 bytes, a WPA password 8 to 63 printable ASCII characters. */
export const wifiRequest = z.discriminatedUnion('network', [
  z.strictObject({ network: z.literal('own') }),
  z.strictObject({
    network: z.literal('tour'),
    ssid: z.string().check(
      z.refine((ssid) => {
        const { length } = encoder.encode(ssid);
        return length >= 1 && length <= 32 && !/\p{Cc}/u.test(ssid);
      }, 'The name of a Wi-Fi has 1 to 32 bytes.'),
    ),
    /** Nothing: an open network. */
    passphrase: z
      .string()
      .check(
        z.regex(/^([ -~]{8,63})?$/, 'The password of a Wi-Fi has 8 to 63 characters, or there is none.'),
      ),
  }),
]);
export type WifiRequest = z.infer<typeof wifiRequest>;

const check = z.object({
  name: z.string(),
  /** `mend`: something is to be done; `skip`: there is nothing to check here. */
  state: z.enum(['ok', 'mend', 'skip']),
  /** English: the words of firmware-scripts/doctor. */
  text: z.string(),
  remedy: z.optional(z.string()),
});

export type Check = z.infer<typeof check>;

/** What `firmware-scripts/doctor --json` says. */
export const doctorReport = z.object({ well: z.boolean(), checks: z.array(check) });

export const checkUpView = z.extend(doctorReport, {
  /** ms since the epoch. */
  at: z.number(),
});
export type CheckUpView = z.infer<typeof checkUpView>;

export const checkUpsView = z.object({
  /** Whether one can be made from here: on an installed box. */
  possible: z.boolean(),
  last: z.optional(checkUpView),
});
export type CheckUpsView = z.infer<typeof checkUpsView>;
