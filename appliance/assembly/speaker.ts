import { Announcer } from '../announcer/announcer.ts';
import { counter } from '../health/metrics.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { Speakers } from '../speaker/speakers.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import type { BoxState } from './storage.ts';
import type { ToursPart } from './tours.ts';

export interface SpeakerPart extends Part {
  /** Text to sound. */
  readonly speakers: Speakers;
  /** The same, heard in a tour. */
  readonly announcer: Announcer;
}

/** What reads texts aloud to those who listen. */
export function speakerPart({
  settings,
  log,
  state,
  breakers: { breakers },
  tours: { tours },
}: {
  settings: Settings;
  log: Log;
  state: BoxState;
  breakers: BreakersPart;
  tours: ToursPart;
}): SpeakerPart {
  const speakers = new Speakers({ settings, savedKey: () => state.kept.device.openaiKey, breakers, log });
  const announcer = new Announcer({ speaker: speakers });
  tours.accompany(announcer);
  return {
    name: 'speaker',
    speakers,
    announcer,
    stop: () => speakers.stop(),
    checks: {
      speaker: () => {
        const { name, problem } = speakers;
        return { ok: true, detail: problem?.code ?? name, ...(problem && { degraded: true }) };
      },
    },
    metrics: (registry) =>
      counter(registry, {
        name: 'ubizo_readings_total',
        help: 'Texts that were to be read aloud, in one language each, by how that ended',
        label: 'end',
        read: () => announcer.ends,
      }),
  };
}
