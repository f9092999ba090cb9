import { FloorChannel } from '../channel/floor-channel.ts';
import { InterpretedChannel } from '../channel/interpreted-channel.ts';
import type { Clock } from '../clock/clock.ts';
import { LevelMeter } from '../floor/level.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { Booth } from '../tour/booth.ts';
import { DeskMicrophone } from '../tour/desk-microphone.ts';
import type { TourInParts, TourParts } from '../tour/tour-options.ts';
import { Transcription } from '../tour/transcription.ts';
import type { InterpreterPart, MicrophonesPart } from './media.ts';

export interface WhatTheBoxHas {
  readonly settings: Settings;
  readonly log: Log;
  readonly interpreter: InterpreterPart;
  readonly clock: Clock;
  readonly microphones: MicrophonesPart;
}

/** What a tour is made of, on this box: made for each. */
export function tourParts(
  tour: TourInParts,
  {
    settings,
    log,
    clock,
    interpreter: { engines },
    microphones: { microphones, claims, taps, floors },
  }: WhatTheBoxHas,
): TourParts {
  const onSinkError = (error: unknown): void =>
    log.error({ err: error }, 'a listener failed to take a frame');
  const floor = floors.of(tour.record.id);
  return {
    floor,
    createMicrophone: (id, output) =>
      new DeskMicrophone(id, {
        floor,
        meter: new LevelMeter(),
        open: (chosen, to) => microphones.open(chosen, taps.through(tour.record.id, to)),
        claims,
        ...output,
      }),
    createFloorChannel: (language, onState) =>
      new FloorChannel({ language, floor, frameMs: settings.floorFrameMs, onState, onSinkError }),
    createBooth: (language, { onChange, onCaption, onSpent }) => {
      const booth: Booth = new Booth({
        tour: tour.record.id,
        from: tour.record.floorLanguage,
        floor,
        channel: new InterpretedChannel({
          language,
          floor,
          underlay: () => tour.record.underlay,
          frameMs: settings.translatedFrameMs,
          onState: () => onChange(),
          onSkipped: (sentences) => booth.skipped(sentences),
          onSinkError,
        }),
        interpreting: () => (tour.spend.state === 'reached' ? engines.unpaid : engines.chosen),
        glossary: () => tour.record.glossary ?? [],
        lingerMs: settings.linger * 1_000,
        now: () => clock.now(),
        onChange,
        onCaption,
        onSpent,
        log,
      });
      return booth;
    },
    createTranscription: (language, output) =>
      new Transcription({
        tour: tour.record.id,
        language,
        keywords: () => (tour.record.glossary ?? []).map(({ term }) => term),
        floor,
        engine: () => engines.transcribing({ unpaid: tour.spend.state === 'reached' }),
        lingerMs: settings.linger * 1_000,
        now: () => clock.now(),
        log,
        ...output,
      }),
  };
}
