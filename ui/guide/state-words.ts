import { msg } from '@lit/localize';
import type { TourState } from '../../appliance/protocol/views.ts';

export function tourStateWords(state: TourState): string {
  switch (state) {
    case 'ready':
      return msg('Ready');
    case 'live':
      return msg('LIVE');
    case 'paused':
      return msg('Paused');
    case 'ended':
      return msg('Ended');
  }
}
