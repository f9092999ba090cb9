import { setTimeout } from 'node:timers/promises';
import type { MicrophoneTaps } from '../microphone/microphone-taps.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Tour } from '../tour/tour.ts';
import type { SoundCheckTiming } from './timing.ts';
import type { Level, Utterance, UtteranceListener } from './utterance.ts';

export interface SpokenOptions {
  readonly tour: Tour;
  readonly taps: MicrophoneTaps;
  readonly listener: UtteranceListener;
  readonly timing: SoundCheckTiming;
  readonly signal: AbortSignal;
  /** How loud it is so far. */
  readonly onLevel: (level: Level) => void;
}

/** Five seconds of what is said into the tour's microphone. @throws UbizoError `microphone_silent`; when aborted, any. */
export async function utteranceOfMicrophone(options: SpokenOptions): Promise<Utterance> {
  const { tour, taps, listener, timing, signal, onLevel } = options;
  const { promise: spoken, resolve } = Promise.withResolvers<Utterance>();
  let frames = 0;
  const leave = tour.watch();
  const unlisten = taps.listen(tour.record.id, (samples, capturedAt) => {
    frames++;
    const utterance = listener.hear(samples, performance.now() - capturedAt);
    onLevel(listener.level);
    if (utterance) resolve(utterance);
  });
  const waiting = new AbortController();
  try {
    const patience = setTimeout(timing.listenMs, undefined, {
      signal: AbortSignal.any([signal, waiting.signal]),
    });
    const utterance = (await Promise.race([spoken, patience])) ?? listener.end();
    if (utterance) return utterance;
  } finally {
    waiting.abort();
    unlisten();
    leave();
  }
  const { problem } = tour.deskView().microphone;
  if (problem) throw new UbizoError(problem.code, problem.message);
  throw new UbizoError(
    'microphone_silent',
    frames === 0
      ? 'The microphone gives no sound. Check that it is on and connected, then try again.'
      : 'Nothing was heard. Come closer to the microphone or speak louder, then try again.',
  );
}
