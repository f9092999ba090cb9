import { InterpretedChannel } from '../channel/interpreted-channel.ts';
import { Floor } from '../floor/floor.ts';
import { LevelMeter } from '../floor/level.ts';
import { VoiceActivity } from '../floor/voice-activity.ts';
import { soundCheckRoutes } from '../http/routes/sound-check.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { SoundChecks } from '../sound-check/sound-checks.ts';
import { UtteranceListener } from '../sound-check/utterance.ts';
import type { InterpreterPart, MicrophonesPart } from './media.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';

/** Languages tried before the visitors come. Stops before the interpreters that it uses. */
export function soundCheckPart({
  settings,
  log,
  tours: { tours },
  microphones: { taps },
  interpreter: { engines },
}: {
  settings: Settings;
  log: Log;
  tours: ToursPart;
  microphones: MicrophonesPart;
  interpreter: InterpreterPart;
}): Part {
  const onSinkError = (error: unknown): void =>
    log.error({ err: error }, 'a sound check failed to take a frame');
  const soundChecks = new SoundChecks({
    taps,
    interpreting: ({ spend }) => (spend.state === 'reached' ? engines.unpaid : engines.chosen),
    createChannel: (language) =>
      new InterpretedChannel({
        language,
        // Closed: the guide's own voice is not what is tried.
        floor: new Floor({ gated: false, onListenerError: onSinkError }),
        underlay: () => 'off',
        frameMs: settings.translatedFrameMs,
        onState: () => undefined,
        onSinkError,
      }),
    createListener: () => new UtteranceListener({ activity: new VoiceActivity(), meter: new LevelMeter() }),
    log,
  });
  tours.accompany(soundChecks);
  return {
    name: 'sound check',
    stop: () => soundChecks.stop(),
    routes: soundCheckRoutes({ tours, soundChecks }),
  };
}
