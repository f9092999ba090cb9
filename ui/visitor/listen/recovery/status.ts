import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import type { PeerStatus } from '../../../link/peer-session.ts';
import type { RecoveryState } from './recovery-state.ts';

/** As the page shows it. */
export function statusOf(state: RecoveryState): PeerStatus {
  switch (state.is) {
    case 'closed':
    case 'failed':
      return 'idle';
    case 'connected':
      return 'connected';
    case 'reconnecting':
      return 'reconnecting';
    case 'fallback':
      return state.playing ? 'connected' : 'reconnecting';
    default:
      return 'connecting';
  }
}

/** Why there is no sound, while there is none. */
export function causeIn(state: RecoveryState): RecoveryCause | undefined {
  if (state.is === 'reconnecting') return state.cause;
  return state.is === 'fallback' && !state.playing ? state.cause : undefined;
}
