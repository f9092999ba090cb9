import type { RecoveryCause, RecoveryOutcome } from '../../../../appliance/protocol/recovery.ts';
import type { Mend, RecoveryEffect, RecoveryEvent, RecoveryState, RecoveryStep } from './recovery-state.ts';

/** How long each part of a first connection, and a try of each kind, may take, ms. On a LAN they take a fifth of a second. */
export const BOUNDS = {
  initializing: 10_000,
  signaling: 5_000,
  connecting: 6_000,
  'ice-restart': 2_000,
  'signaling-reset': 5_000,
  'full-reconnect': 10_000,
  /** Until a connection that was just mended counts as sound. */
  settling: 5_000,
} as const;

/** Before each full reconnect, ms; the last for ever. */
export const DELAYS_MS: readonly number[] = [0, 300, 1_200, 2_700, 4_800, 7_000];
/** So many full reconnects in vain, while the box answers, and the sound is had by another way. */
export const FALLBACK_AFTER = 2;
/** While the sound comes by another way, WebRTC is tried this often, ms: first and at last. */
export const BESIDE_MS = { first: 7_000, longest: 60_000 } as const;

/** What a step depends on besides state and event. */
export interface Circumstances {
  /** There is another way of sound. */
  readonly ways: boolean;
  /** This network has been found to let no UDP through. */
  readonly blocked: boolean;
  /** 0 to 1, drawn anew for each step: two hundred phones must not come back in the same instant. */
  readonly chance: number;
}

type Reconnecting = Extract<RecoveryState, { is: 'reconnecting' }>;
type Fallback = Extract<RecoveryState, { is: 'fallback' }>;

/** The wait before full reconnect number `attempt`, from 0 on, ms. */
function delayMs(attempt: number, chance: number): number {
  const delay = DELAYS_MS[Math.min(attempt, DELAYS_MS.length - 1)] ?? 0;
  return Math.round(delay + chance * Math.min(1_000, delay));
}

/** What comes of an event: the next state, what is to be done, and how long the state may last. Pure. */
export function step(state: RecoveryState, event: RecoveryEvent, now: Circumstances): RecoveryStep {
  switch (event.type) {
    case 'open':
      return state.is === 'closed' || state.is === 'failed' ? begin(now) : same(state);
    case 'close':
      return close(state);
    case 'offered':
      return state.is === 'initializing' ? to({ is: 'signaling' }, [], BOUNDS.signaling) : same(state);
    case 'answered':
      return state.is === 'signaling' ? to({ is: 'connecting' }, [], BOUNDS.connecting) : same(state);
    case 'connected':
      return connected(state);
    case 'sound':
      return sound(state);
    case 'lost':
      return lost(state, event.cause, now);
    case 'in-vain':
      return inVain(state, event, now);
    case 'time-up':
      return timeUp(state, event.cause, now);
    case 'chance':
      return chance(state, event.session);
    case 'way-playing':
      return state.is === 'fallback' && !state.playing
        ? keep({ ...state, playing: true, vain: 0 }, [report('fallback', state.cause, 'another-way')])
        : same(state);
    case 'no-way':
      return state.is === 'fallback'
        ? wait(state.cause, Math.max(FALLBACK_AFTER, state.vain), now)
        : same(state);
  }
}

function begin({ ways, blocked }: Circumstances): RecoveryStep {
  if (ways && blocked) return fallBack('udp-blocked', 0);
  return to({ is: 'initializing' }, [{ do: 'try', how: 'first' }], BOUNDS.initializing);
}

function close(state: RecoveryState): RecoveryStep {
  if (state.is === 'closed') return same(state);
  const effects: RecoveryEffect[] = [{ do: 'hang-up' }];
  if (state.is === 'fallback') effects.push({ do: 'close-way' });
  if (state.is === 'reconnecting') effects.push(report(state.level, state.cause, 'given-up'));
  return to({ is: 'closed' }, effects);
}

function connected(state: RecoveryState): RecoveryStep {
  switch (state.is) {
    case 'initializing':
    case 'signaling':
    case 'connecting':
      return to({ is: 'connected' });
    case 'reconnecting':
      return back(state.level, state.cause, []);
    case 'fallback':
      return back('signaling-reset', state.cause, [{ do: 'close-way' }]);
    default:
      return same(state);
  }
}

/** Whatever was being tried: the connection that there was has come back by itself. */
function sound(state: RecoveryState): RecoveryStep {
  if (state.is === 'reconnecting')
    return back(state.level, state.cause, state.trying ? [{ do: 'give-up-try' }] : []);
  if (state.is === 'fallback') {
    const effects: RecoveryEffect[] = state.trying ? [{ do: 'give-up-try' }] : [];
    return back('ice-restart', state.cause, [...effects, { do: 'close-way' }]);
  }
  return same(state);
}

function back(level: Mend, cause: RecoveryCause, effects: readonly RecoveryEffect[]): RecoveryStep {
  return to(
    { is: 'connected', mendedBy: level },
    [...effects, report(level, cause, 'back')],
    BOUNDS.settling,
  );
}

function lost(state: RecoveryState, cause: RecoveryCause, now: Circumstances): RecoveryStep {
  switch (state.is) {
    case 'connected':
      if (cause === 'unknown-here') return wait(cause, 0, now);
      // What was mended a moment ago and is lost again wants more than that.
      if (cause === 'hung-up' || state.mendedBy === 'ice-restart') return mend('signaling-reset', cause);
      if (state.mendedBy) return wait(cause, 1, now);
      return mend('ice-restart', cause);
    case 'reconnecting':
      // There is nothing left to restart.
      if (cause === 'hung-up' && state.level === 'ice-restart') return mend('signaling-reset', cause);
      return same(state);
    case 'fallback':
      return state.playing
        ? to({ ...state, cause, playing: false }, [{ do: 'close-way' }, { do: 'open-way' }], besideMs(0, now))
        : same(state);
    default:
      return same(state);
  }
}

type InVain = Pick<Extract<RecoveryEvent, { type: 'in-vain' }>, 'cause' | 'retryAfterMs' | 'lasting'>;

function inVain(
  state: RecoveryState,
  { cause, retryAfterMs = 0, lasting }: InVain,
  now: Circumstances,
): RecoveryStep {
  if (state.is === 'closed' || state.is === 'failed' || state.is === 'connected') return same(state);
  if (lasting) {
    const effects: RecoveryEffect[] = [{ do: 'hang-up' }];
    if (state.is === 'fallback') effects.push({ do: 'close-way' });
    if (state.is === 'reconnecting') effects.push(report(state.level, state.cause, 'given-up'));
    return to({ is: 'failed', reason: cause }, effects);
  }
  if (state.is === 'fallback') return state.trying ? beside(state, now, retryAfterMs) : same(state);
  if (state.is === 'reconnecting' && !state.trying) return same(state);
  if (cause === 'udp-blocked' && now.ways) return fallBack(cause, vainAfter(state));
  // A pass that is good no more: a new join is all it takes.
  if (state.is !== 'reconnecting') return wait(cause, cause === 'unknown-here' ? 0 : 1, now, retryAfterMs);
  return next(state, cause, now, retryAfterMs);
}

/** After a try to reconnect in vain: the next level, and on the last one the next attempt. */
function next(
  { level, attempt }: Reconnecting,
  cause: RecoveryCause,
  now: Circumstances,
  retryAfterMs: number,
): RecoveryStep {
  if (level === 'ice-restart') return mend('signaling-reset', cause);
  if (level === 'signaling-reset') return wait(cause, 0, now, retryAfterMs);
  const reached = cause !== 'no-answer' && cause !== 'full';
  if (now.ways && reached && attempt + 1 >= FALLBACK_AFTER) return fallBack(cause, attempt + 1);
  return wait(cause, attempt + 1, now, retryAfterMs);
}

function timeUp(state: RecoveryState, cause: RecoveryCause, now: Circumstances): RecoveryStep {
  switch (state.is) {
    case 'connected':
      return to({ is: 'connected' });
    case 'reconnecting':
      return state.trying
        ? inVain(state, { cause }, now)
        : mend('full-reconnect', state.cause, state.attempt);
    case 'fallback':
      if (state.trying) return beside(state, now, 0);
      return to(
        { ...state, trying: true },
        [{ do: 'try', how: 'signaling-reset' }],
        BOUNDS['signaling-reset'],
      );
    case 'initializing':
    case 'signaling':
    case 'connecting':
      return inVain(state, { cause }, now);
    default:
      return same(state);
  }
}

function chance(state: RecoveryState, session: boolean): RecoveryStep {
  switch (state.is) {
    case 'reconnecting':
      return mend(session ? 'ice-restart' : 'signaling-reset', state.cause);
    case 'fallback':
      return to(
        { ...state, vain: 0, attempt: 0, trying: true },
        [{ do: 'try', how: 'signaling-reset' }],
        BOUNDS['signaling-reset'],
      );
    // A first try is young, and a page that opens is full of such signs.
    default:
      return same(state);
  }
}

function mend(level: Mend, cause: RecoveryCause, attempt = 0): RecoveryStep {
  return to(
    { is: 'reconnecting', level, attempt, trying: true, cause },
    [{ do: 'try', how: level }],
    BOUNDS[level],
  );
}

/** Until full reconnect number `attempt`; without a wait it is tried at once. */
function wait(cause: RecoveryCause, attempt: number, now: Circumstances, retryAfterMs = 0): RecoveryStep {
  // Told to come later, phones must not all come at the same moment then.
  const told = retryAfterMs > 0 ? retryAfterMs * (1 + now.chance) : 0;
  const ms = Math.max(delayMs(attempt, now.chance), told);
  if (ms === 0) return mend('full-reconnect', cause, attempt);
  return to(
    { is: 'reconnecting', level: 'full-reconnect', attempt, trying: false, cause },
    [{ do: 'give-up-try' }],
    ms,
  );
}

/** Full reconnects in vain, this try counted if it was one. */
function vainAfter(state: RecoveryState): number {
  return state.is === 'reconnecting' && state.level === 'full-reconnect' ? state.attempt + 1 : 0;
}

function fallBack(cause: RecoveryCause, vain: number): RecoveryStep {
  return to(
    { is: 'fallback', playing: false, vain, attempt: 0, trying: false, cause },
    [{ do: 'give-up-try' }, { do: 'open-way' }],
    BESIDE_MS.first,
  );
}

/** Beside another way of sound, the try was in vain; the next is later. */
function beside(state: Fallback, now: Circumstances, retryAfterMs: number): RecoveryStep {
  const attempt = state.attempt + 1;
  return to(
    { ...state, attempt, trying: false },
    [{ do: 'give-up-try' }],
    Math.max(retryAfterMs, besideMs(attempt, now)),
  );
}

const besideMs = (attempt: number, { chance }: Circumstances): number =>
  Math.round(Math.min(BESIDE_MS.longest, BESIDE_MS.first * 2 ** attempt) * (1 + chance / 4));

const report = (
  level: Extract<RecoveryEffect, { do: 'report' }>['level'],
  cause: RecoveryCause,
  outcome: RecoveryOutcome,
): RecoveryEffect => ({ do: 'report', level, cause, outcome });

const to = (
  state: RecoveryState,
  effects: readonly RecoveryEffect[] = [],
  boundMs?: number,
): RecoveryStep => ({ state, effects, boundMs, anew: true });

/** The state's own time runs on. */
const keep = (state: RecoveryState, effects: readonly RecoveryEffect[]): RecoveryStep => ({
  state,
  effects,
  boundMs: undefined,
  anew: false,
});

const same = (state: RecoveryState): RecoveryStep => keep(state, []);
