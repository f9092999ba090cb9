import { mp3Way } from './mp3-way.ts';
import { socketWay } from './socket-way.ts';
import type { WayOnOffer } from './way.ts';

/** The ways besides WebRTC, the best first. */
export const WAYS: readonly WayOnOffer[] = [socketWay, mp3Way];
