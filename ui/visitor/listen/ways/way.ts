import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import type { Totals } from '../../quality/sound-looks.ts';

/** What carries the sound besides WebRTC over UDP, in the order in which they are tried. */
export type WayName = 'socket' | 'mp3';

export type WayOpened =
  { readonly is: 'playing' } | { readonly is: 'failed'; readonly reason: RecoveryCause };

/** Another way by which the sound of a tour comes to this phone. Opened, switched and closed; then it is used up. */
export interface Way {
  /** Where its sound can be looked at, if it is Web Audio that plays it. */
  readonly node?: AudioNode;
  /** What came and was played of it; a guess, for no player measures it. Nothing while the phone plays nothing on purpose. */
  readonly played: () => Totals | undefined;
  /** Resolves once sound is played, or would be if the guide spoke. Never rejects; bounds its own time. */
  open(language: string): Promise<WayOpened>;
  switch(language: string): void;
  /** Lets go of everything; also while it is being opened. */
  close(): void;
}

/** What a way needs of the page. */
export interface WayParts {
  /** The visitor's pass. */
  readonly token: () => Promise<string>;
  /** The tour's code, as its addresses have it. */
  readonly code: () => string;
  readonly tour: () => string;
  /** An element that the visitor's tap has unlocked. Nobody else plays on it while a way is open. */
  readonly element: HTMLAudioElement;
  /** It has played, and does so no more. */
  readonly onLost: (reason: RecoveryCause) => void;
}

/** One of the ways there are. What it is made of is loaded when it is wanted. */
export interface WayOnOffer {
  readonly name: WayName;
  /** Inside the tap: what browsers allow only there. Cheap; called at each tap that begins the sound. */
  readonly unlock?: () => void;
  readonly make: (parts: WayParts) => Promise<Way>;
}
