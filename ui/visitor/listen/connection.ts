import { msg } from '@lit/localize';
import type { SocketStatus } from '../../link/events-socket.ts';
import type { PeerStatus } from '../../link/peer-session.ts';

export type ConnectionLevel = 'good' | 'lost' | 'full' | 'busy' | 'off';

export interface ConnectionSigns {
  /** Sound is wanted, and the tour has some. */
  readonly wanted: boolean;
  /** The box has no room for this phone's sound. */
  readonly full: boolean;
  readonly peer: PeerStatus;
  readonly socket: SocketStatus;
}

/** Whether there is a connection; how well the sound is heard over it is judged elsewhere. */
export function connectionOf({ wanted, full, peer, socket }: ConnectionSigns): ConnectionLevel {
  if (!wanted) return 'off';
  if (full && peer !== 'connected' && socket !== 'waiting') return 'full';
  if (peer === 'reconnecting' || socket === 'waiting') return 'lost';
  return peer === 'connecting' ? 'busy' : 'good';
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
  return undefined;
}
