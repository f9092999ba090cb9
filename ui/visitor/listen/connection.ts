import { msg } from '@lit/localize';
import { worse, type Quality } from '../../link/connection-quality.ts';
import type { SocketStatus } from '../../link/events-socket.ts';
import type { PeerStatus } from '../../link/peer-session.ts';

export type ConnectionLevel = 'good' | 'fair' | 'poor' | 'lost' | 'full' | 'busy' | 'off';

export interface ConnectionSigns {
  /** Sound is wanted, and the tour has some. */
  readonly wanted: boolean;
  /** The box has no room for this phone's sound. */
  readonly full: boolean;
  readonly peer: PeerStatus;
  readonly socket: SocketStatus;
  /** By the phone and by the box. */
  readonly measured: readonly [Quality, Quality];
}

/** The connection as the visitor needs to know it: the worse of what the phone and the box measure. */
export function connectionOf({ wanted, full, peer, socket, measured }: ConnectionSigns): ConnectionLevel {
  if (!wanted) return 'off';
  if (full && peer !== 'connected' && socket !== 'waiting') return 'full';
  if (peer === 'reconnecting' || socket === 'waiting') return 'lost';
  if (peer === 'connecting') return 'busy';
  const worst = worse(...measured);
  return worst === 'unknown' ? 'good' : worst;
}

/** The same for who only reads: words come over the socket, and are few. */
export function readersConnectionOf(socket: SocketStatus): ConnectionLevel {
  if (socket === 'waiting') return 'lost';
  return socket === 'open' ? 'good' : 'busy';
}

export function connectionWords(level: ConnectionLevel): string {
  switch (level) {
    case 'good':
      return msg('Good connection');
    case 'fair':
      return msg('Fair connection');
    case 'poor':
      return msg('Poor connection');
    case 'lost':
      return msg('Reconnecting…');
    case 'full':
      return msg('Captions only');
    case 'busy':
      return msg('Connecting…');
    case 'off':
      return msg('Stopped');
  }
}

/** What the visitor can do about it. */
export function connectionAdvice(level: ConnectionLevel): string | undefined {
  if (level === 'lost') {
    return msg('The connection is lost and comes back by itself. Stay near the guide and keep Wi-Fi on.');
  }
  if (level === 'full') {
    return msg(
      'The box cannot send sound to more phones. Read along; the sound starts by itself when there is room.',
    );
  }
  return level === 'poor' ? msg('The signal is weak here. Go a little nearer to the guide.') : undefined;
}
