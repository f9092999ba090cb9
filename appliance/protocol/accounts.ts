import * as z from 'zod/mini';
import { normaliseCode } from './codes.ts';
import { email } from './email.ts';
import { inOneLine, isBlank, shownText, withoutSpaces } from './text.ts';
import { language, problem } from './views.ts';

/** Accounts and the device: bodies of requests and what the box shows of both. Nothing secret ever comes back. */

const role = z.enum(['owner', 'guide', 'attendee']);
export type RoleName = z.infer<typeof role>;

/** Length is checked where passwords are: a sentence says what is wrong. */
const password = z.string().check(z.minLength(1), z.maxLength(256));
const setupCode = z.string().check(z.overwrite(normaliseCode), z.minLength(1), z.maxLength(64));
/** '' takes it away. */
const personName = z.string().check(
  z.trim(),
  z.refine((name) => name === '' || !isBlank(name)),
  z.overwrite(inOneLine),
  z.maxLength(60),
);
const boxName = shownText(40);
const retention = z.object({
  /** Days; 0: none is made. */
  transcriptDays: z.number().check(z.int(), z.minimum(0), z.maximum(3_650)),
  recordings: z.boolean(),
});
/** US dollars for one tour; null: no cap, or for guides no more than that. */
const spendCapUsd = z.nullable(z.number().check(z.minimum(0), z.maximum(10_000)));
/** Goes into a header: printable ASCII. */
const openaiKey = z.string().check(z.overwrite(withoutSpaces), z.regex(/^[!-~]{8,256}$/));

/** What came of the key that was saved just now. Missing: none was, or the settings let the box ask no server. */
const keyTrial = z.object({
  kind: z.enum(['accepted', 'refused', 'unreachable']),
  problem: z.optional(problem),
});
export type KeyTrial = z.infer<typeof keyTrial>;

/** Whether a text has the form of a key. */
export const looksLikeKey = (text: string): boolean => openaiKey.safeParse(text).success;

/** The key is to be saved though its server has refused it. */
const insist = z.optional(z.boolean());

/**
 * `POST /api/claim`, anyone, once in a box's life: 201 {@link entranceView}. Who came in by the setup code need not show it again.
 * A key is tried first: `key_refused`.
 */
export const claimRequest = z.object({
  setupCode: z.optional(setupCode),
  email,
  password,
  /** What the box is called. */
  name: z.optional(boxName),
  openaiKey: z.optional(z.nullable(openaiKey)),
  spendCapUsd: z.optional(spendCapUsd),
  retention: z.optional(retention),
  insist,
});
export type ClaimRequest = z.infer<typeof claimRequest>;

/**
 * `POST /api/sign-in`, anyone: 200 {@link entranceView}, 201 when the account is new. With the setup code alone, or a
 * ticket: only on a box that nobody has claimed.
 */
export const signInRequest = z.union([
  z.object({
    email,
    password,
    /** What an account is to be; missing: what it is, and a new one is an attendee's. */
    role: z.optional(role),
    /** Whoever has no account wants one: without it none is made. */
    create: z.optional(z.boolean()),
    setupCode: z.optional(setupCode),
  }),
  z.strictObject({ setupCode }),
  z.strictObject({ ticket: z.string().check(z.regex(/^[\w-]{16,64}$/)) }),
]);
export type SignInRequest = z.infer<typeof signInRequest>;

/** `POST /api/sign-in/ticket`, who is in by the setup code: 201. Good once, for five minutes, on any connection. */
export const setupTicket = z.object({ ticket: z.string() });

/** `POST /api/sign-in/setup-code`, who waits (refresh cookie): 204, and a refresh signs them in. */
export const approvalRequest = z.object({ setupCode });

/** `POST /api/sign-in/password`, anyone: 200 {@link entranceView}. `code` is that of {@link passwordCode}. */
export const passwordReset = z.object({ email, code: setupCode, password });
export type PasswordReset = z.infer<typeof passwordReset>;

/** `POST /api/accounts/:id/password-code`, owner: for somebody else who has forgotten theirs. Shown once, good once. */
export const passwordCode = z.object({
  code: z.string(),
  /** Until when, ms since the epoch. */
  until: z.number(),
});
export type PasswordCode = z.infer<typeof passwordCode>;

export const accountView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.optional(z.string()),
  role,
  status: z.enum(['active', 'waiting', 'locked']),
  language: z.optional(language),
  createdAt: z.number(),
});
export type AccountView = z.infer<typeof accountView>;

/**
 * `GET /api/sign-in`, anyone: who is calling, and how to get in. `POST /api/sign-in/refresh` (refresh cookie) answers the
 * same; `DELETE /api/sign-in` signs out (204), with `?everywhere=yes` on every device.
 */
export const entranceView = z.object({
  /** What the box is called. */
  name: z.string(),
  claimed: z.boolean(),
  /** Passwords are taken over this connection. */
  passwordsHere: z.boolean(),
  /** The same page over HTTPS, when there is one. */
  secureUrl: z.optional(z.string()),
  /** Who calls waits for the owner to let them in; when that is over, a refresh signs them in. */
  waits: z.optional(z.boolean()),
  /** Who is signed in; `account` is missing while the box is not claimed. */
  signedIn: z.optional(
    z.object({
      role,
      account: z.optional(accountView),
      /** To the owner: how many wait to be let in. */
      waiting: z.optional(z.number()),
    }),
  ),
  /** Answered to who claims the box with a key. */
  keyTrial: z.optional(keyTrial),
});
export type EntranceView = z.infer<typeof entranceView>;

/** `PATCH /api/account`, signed-in: {@link accountView}. A new password asks for the old one. `DELETE` with `{password}`: 204. */
export const accountPatch = z.partial(
  z.object({ name: personName, language, password, currentPassword: password }),
);
export type AccountPatch = z.infer<typeof accountPatch>;
export const accountRemoval = z.object({ password });

/** `GET /api/accounts`, owner. `PATCH /api/accounts/:id` with {@link accountChange}: {@link accountView}; `DELETE`: 204. */
export const accountsView = z.object({ accounts: z.array(accountView) });
export type AccountsView = z.infer<typeof accountsView>;
export const accountChange = z.partial(z.object({ role, status: z.enum(['active', 'locked']) }));
export type AccountChange = z.infer<typeof accountChange>;

/** `GET /api/device`, owner. `POST /api/device/setup-code`: a new one, `{setupCode}`, shown once, `DELETE` within ten minutes brings the one before back (204). `POST /api/device/keys`: every token ends, 204. */
export const deviceView = z.object({
  name: z.string(),
  openaiKey: z.enum(['none', 'saved', 'from settings']),
  spendCapUsd,
  /** How far guides may raise it for a tour. */
  raisableToUsd: spendCapUsd,
  retention,
  passwordsOverHttp: z.boolean(),
  certificate: z.optional(
    z.object({
      kind: z.enum(['made here', 'supplied']),
      /** SHA-256, colon-separated hex. */
      fingerprint: z.string(),
      daysLeft: z.number(),
      names: z.array(z.string()),
      /** Where its authority's certificate can be had, to trust it; only of one made here. */
      authorityUrl: z.optional(z.string()),
    }),
  ),
  problem: z.optional(problem),
  /**
   * Only in the answer to a key that was saved: its server has taken it, has refused it, or could not be asked.
   * `problem`: why, or what else is in the way of interpreting (no credit).
   */
  keyTrial: z.optional(keyTrial),
});
export type DeviceView = z.infer<typeof deviceView>;

/** `PATCH /api/device`, owner: {@link deviceView}. `openaiKey: null` forgets it; another is tried first: `key_refused`. */
export const devicePatch = z.partial(
  z.object({
    name: boxName,
    openaiKey: z.nullable(openaiKey),
    spendCapUsd,
    raisableToUsd: spendCapUsd,
    retention,
    passwordsOverHttp: z.boolean(),
    insist,
  }),
);
export type DevicePatch = z.infer<typeof devicePatch>;
