import type { WayOnOffer } from './way.ts';

/** The ways besides WebRTC, the best first. */
export const WAYS: readonly WayOnOffer[] = [];
