import { msg } from '@lit/localize';
import { worse, type Quality } from '../../link/connection-quality.ts';
import type { Visit } from '../visit.ts';

export type ConnectionLevel = 'good' | 'fair' | 'poor' | 'lost' | 'full' | 'busy' | 'off';

/** The connection as the visitor needs to know it: the worse of what the phone and the box measure. */
export function connectionOf(
  { listening, tour, whep, socket, quality, full }: Visit,
  measured: Quality,
): ConnectionLevel {
  if (!listening || tour?.state === 'ended') return 'off';
  if (full && whep.status !== 'connected' && socket.status !== 'waiting') return 'full';
  if (whep.status === 'reconnecting' || socket.status === 'waiting') return 'lost';
  if (whep.status === 'connecting') return 'busy';
  const worst = worse(quality, measured);
  return worst === 'unknown' ? 'good' : worst;
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
