import type {
  RecoveryCause,
  RecoveryLevel,
  RecoveryOutcome,
} from '../../../../appliance/protocol/recovery.ts';

/** The ways to make the connection again; `fallback` is no way to make it. */
export type Mend = Exclude<RecoveryLevel, 'fallback'>;

/**
 * Where the connection that brings the sound is.
 * - `initializing`: joining, making an offer. `signaling`: the offer is on its way. `connecting`: answered; checks, keys.
 * - `connected`: packets may come. `mendedBy`: only just, and by this; if they do not come that was not enough.
 * - `reconnecting`: `attempt` counts within the level; `trying`: under way, else waited for.
 * - `fallback`: the sound comes by another way (`playing`), or is about to; WebRTC is tried again beside it.
 * - `failed`: refused for good. `closed`: not wanted.
 */
export type RecoveryState =
  | { readonly is: 'closed' | 'initializing' | 'signaling' | 'connecting' }
  | { readonly is: 'connected'; readonly mendedBy?: Mend }
  | {
      readonly is: 'reconnecting';
      readonly level: Mend;
      readonly attempt: number;
      readonly trying: boolean;
      readonly cause: RecoveryCause;
    }
  | {
      readonly is: 'fallback';
      readonly playing: boolean;
      /** Full reconnects in vain that led here. */
      readonly vain: number;
      readonly attempt: number;
      readonly trying: boolean;
      readonly cause: RecoveryCause;
    }
  | { readonly is: 'failed'; readonly reason: RecoveryCause };

/** What happens to it. */
export type RecoveryEvent =
  /** The sound is wanted, or is no more. */
  | { readonly type: 'open' | 'close' }
  /** How far the try has come: the offer is sent; answered; the path stands and is encrypted. */
  | { readonly type: 'offered' | 'answered' | 'connected' }
  /** Packets of sound arrive. */
  | { readonly type: 'sound' }
  /** The connection is of no use any more, or the other way of sound is not. */
  | { readonly type: 'lost'; readonly cause: RecoveryCause }
  /** The try has ended in vain. `lasting`: another would, too. */
  | {
      readonly type: 'in-vain';
      readonly cause: RecoveryCause;
      readonly retryAfterMs?: number;
      readonly lasting?: boolean;
    }
  /** The state has lasted as long as it may; what was the matter, where it was trying. */
  | { readonly type: 'time-up'; readonly cause: RecoveryCause }
  /** A reason to believe that it would go better now. `session`: the box may still know the connection. */
  | { readonly type: 'chance'; readonly session: boolean }
  /** The other ways of sound: one plays, or none does. */
  | { readonly type: 'way-playing' | 'no-way' };

export type RecoveryEffect =
  /** Tries to connect; whatever else is being tried ends. `first`: there was no connection. */
  | { readonly do: 'try'; readonly how: Mend | 'first' }
  /** Ends what is being tried, and keeps what there was before. */
  | { readonly do: 'give-up-try' }
  | { readonly do: 'open-way' | 'close-way' }
  /** Ends every connection, and tells the box. */
  | { readonly do: 'hang-up' }
  | {
      readonly do: 'report';
      readonly level: RecoveryLevel;
      readonly cause: RecoveryCause;
      readonly outcome: RecoveryOutcome;
    };

export interface RecoveryStep {
  readonly state: RecoveryState;
  readonly effects: readonly RecoveryEffect[];
  /** `time-up` comes after so long, ms, unless something else does; undefined: this state may last. */
  readonly boundMs: number | undefined;
  /** False: the bound of the state before goes on. */
  readonly anew: boolean;
}
