import { FloorChannel } from '../../appliance/channel/floor-channel.ts';
import { InterpretedChannel } from '../../appliance/channel/interpreted-channel.ts';
import { silentLog } from '../../appliance/log.ts';
import { Claims } from '../../appliance/microphone/claims.ts';
import { Floor } from '../../appliance/floor/floor.ts';
import { LevelMeter } from '../../appliance/floor/level.ts';
import type { Microphone } from '../../appliance/microphone/microphone.ts';
import { UbizoError } from '../../appliance/protocol/errors.ts';
import { Booth } from '../../appliance/tour/booth.ts';
import { DeskMicrophone } from '../../appliance/tour/desk-microphone.ts';
import type { TourRecord } from '../../appliance/tour/record.ts';
import { Tour } from '../../appliance/tour/tour.ts';
import type { TourEvent } from '../../appliance/tour/tour-event.ts';
import type { TourInParts, TourParts } from '../../appliance/tour/tour-options.ts';
import { Transcription } from '../../appliance/tour/transcription.ts';
import { ScriptEngine } from './script-engine.ts';

export const LINGER_MS = 40;
const NO_ERROR = (): void => undefined;

export interface TourRig {
  readonly engine: ScriptEngine;
  /** Takes over at the cap. */
  readonly unpaid: ScriptEngine;
  /** The box's. */
  readonly cap: { usd: number | undefined };
  readonly floor: Floor;
  readonly tour: Tour;
  readonly events: TourEvent[];
  readonly saved: Partial<TourRecord>[];
  /** Whether what is saved is refused. */
  readonly disk: { full: boolean };
  /** `start ID` and `stop ID`, in order. */
  readonly microphones: string[];
  /** Someone reads the language. @returns what to call when they leave. */
  readonly reader: (id: string, language: string) => () => void;
}

/** What a tour is made of here: all of it real but for who interprets and the microphone. */
export function scriptedParts(
  made: TourInParts,
  {
    floor,
    engine,
    unpaid = engine,
    openMicrophone,
  }: {
    floor: Floor;
    engine: ScriptEngine;
    unpaid?: ScriptEngine;
    openMicrophone: (id: string) => Microphone;
  },
): TourParts {
  return {
    floor,
    createMicrophone: (id, output) =>
      new DeskMicrophone(id, {
        floor,
        meter: new LevelMeter(),
        open: openMicrophone,
        claims: new Claims({ isShared: () => true }),
        letGoMs: LINGER_MS,
        ...output,
      }),
    createFloorChannel: (language, onState) =>
      new FloorChannel({ language, floor, onState, onSinkError: NO_ERROR }),
    createBooth: (language, { onChange, onCaption, onSpent }) => {
      const booth: Booth = new Booth({
        tour: made.record.id,
        from: made.record.floorLanguage,
        floor,
        channel: new InterpretedChannel({
          language,
          floor,
          underlay: () => made.record.underlay,
          onState: onChange,
          onSkipped: (sentences) => booth.skipped(sentences),
          onSinkError: NO_ERROR,
        }),
        interpreting: () => (made.spend.state === 'reached' ? unpaid : engine),
        glossary: () => made.record.glossary ?? [],
        lingerMs: LINGER_MS,
        now: Date.now,
        onChange,
        onCaption,
        onSpent,
        log: silentLog(),
      });
      return booth;
    },
    createTranscription: (language, output) =>
      new Transcription({
        tour: made.record.id,
        language,
        keywords: () => (made.record.glossary ?? []).map(({ term }) => term),
        floor,
        engine: () => (made.spend.state === 'reached' ? unpaid : engine),
        lingerMs: LINGER_MS,
        now: Date.now,
        log: silentLog(),
        ...output,
      }),
  };
}

/** A tour of real parts, interpreted by a script, with a microphone that only tells what is done to it. */
export function openTour(): TourRig {
  const engine = new ScriptEngine();
  const unpaid = new ScriptEngine();
  const cap: TourRig['cap'] = { usd: undefined };
  const events: TourEvent[] = [];
  const saved: Partial<TourRecord>[] = [];
  const disk = { full: false };
  const microphones: string[] = [];
  const floor = new Floor({
    onListenerError: (error) => {
      throw error;
    },
  });
  /** Some device; `stubborn` cannot be let go of in order, `hung` not at all. */
  const openMicrophone = (id: string): Microphone => ({
    start: () => microphones.push(`start ${id}`),
    stop: () => {
      microphones.push(`stop ${id}`);
      if (id === 'hung') return new Promise(() => undefined);
      return id === 'stubborn' ? Promise.reject(new Error('stuck')) : Promise.resolve();
    },
  });
  const tour = new Tour({
    record: {
      id: 't',
      code: 'ABC234',
      name: 'Old town',
      floorLanguage: 'en',
      languages: ['es', 'fr'],
      state: 'ready',
      muted: false,
      microphone: 'none',
      underlay: 'quiet',
      createdAt: '2026-01-01T00:00:00.000Z',
    },
    joinUrl: (code) => `http://box/j/${code}`,
    boxCapUsd: () => cap.usd,
    save: (changes) => {
      if (disk.full) return Promise.reject(new UbizoError('storage_failed', 'The disk is full.'));
      saved.push(changes);
      return Promise.resolve();
    },
    parts: (made) => scriptedParts(made, { floor, engine, unpaid, openMicrophone }),
  });
  tour.subscribe((event) => events.push(event));
  tour.start();
  const reader = (id: string, language: string): (() => void) => {
    tour.admit({ id, language, name: undefined });
    return tour.attendance.reads(id);
  };
  return { engine, unpaid, cap, floor, tour, events, saved, disk, microphones, reader };
}
