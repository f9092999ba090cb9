import { FLOOR_FRAME_MS } from '../floor/floor-frame.ts';
import { clipFrames } from '../microphone/clip-frames.ts';
import { SoundUnreadable } from '../microphone/sound.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Utterance, UtteranceListener } from './utterance.ts';

/** Who says nothing for so long is not waited for. */
const LONGEST_FRAMES = 60_000 / FLOOR_FRAME_MS;

/** The first five seconds in which somebody speaks. @throws UbizoError `clip_unreadable`. */
export async function utteranceOfClip(bytes: Uint8Array, listener: UtteranceListener): Promise<Utterance> {
  let utterance: Utterance | undefined;
  let frames = 0;
  try {
    for await (const frame of clipFrames(bytes)) {
      utterance = listener.hear(frame);
      if (utterance || ++frames > LONGEST_FRAMES) break;
    }
  } catch (error) {
    if (!(error instanceof SoundUnreadable)) throw error;
    const what = `This clip ${error.message}. Send WAV, MP3, Ogg or FLAC, of somebody who speaks.`;
    throw new UbizoError('clip_unreadable', what, { cause: error });
  }
  utterance ??= listener.end();
  if (utterance) return utterance;
  throw new UbizoError(
    'clip_unreadable',
    'Nobody speaks in this clip, or not loud enough, in its first minute. Send another one.',
  );
}
