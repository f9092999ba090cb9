import { soundCheckView, type SoundCheckView } from '../../../appliance/protocol/sound-check.ts';
import { parseAnswer } from '../messages.ts';
import { LinkError } from '../problem.ts';
import { ask, send, tell } from '../request.ts';

/** Every language of a tour, tried before it. */

/** What the box takes; asked here, because it hangs up on who sends more. */
const MOST_BYTES = 10 * 1024 * 1024;
/** Over a Wi-Fi full of phones; the box itself waits no longer. */
const PATIENCE_MS = 20_000;

const pathOf = (tour: string): string => `/api/tours/${encodeURIComponent(tour)}/sound-check`;

/** With what is said into the tour's microphone from now on, or with a clip. */
export async function beginSoundCheck(tour: string, clip?: Blob): Promise<SoundCheckView> {
  if (!clip) return ask(soundCheckView, 'POST', pathOf(tour));
  if (clip.size > MOST_BYTES) throw new LinkError('body_too_large', 'This clip is larger than 10 MB.');
  const response = await send(pathOf(tour), {
    method: 'POST',
    body: clip,
    // By its bytes the box knows better than by its name.
    headers: { 'content-type': 'application/octet-stream' },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return parseAnswer(soundCheckView, await response.json());
}

export const soundCheck = (tour: string): Promise<SoundCheckView> => ask(soundCheckView, 'GET', pathOf(tour));

/** Nothing of it is left. */
export const endSoundCheck = (tour: string): Promise<void> => tell('DELETE', pathOf(tour));

/** Where is what was heard in a language. */
export const heardSound = (tour: string, language: string): string =>
  `${pathOf(tour)}/${encodeURIComponent(language)}`;
