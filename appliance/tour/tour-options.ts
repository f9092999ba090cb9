import type { Floor } from '../floor/floor.ts';
import type { MicrophoneView, SpendView } from '../protocol/views.ts';
import type { BoothParts } from './booths.ts';
import type { DeskMicrophone, LevelReading } from './desk-microphone.ts';
import type { TourRecord } from './record.ts';

/** A tour, as far as its parts need it: what of it they read while it goes on. */
export interface TourInParts {
  readonly record: Pick<TourRecord, 'id' | 'floorLanguage' | 'underlay' | 'glossary'>;
  readonly spend: { readonly state: SpendView['state'] };
}

/** What a tour is made of; the composition root supplies it. */
export interface TourParts extends BoothParts {
  readonly floor: Floor;
  createMicrophone(
    id: string,
    output: {
      onState: (view: MicrophoneView) => void;
      onLevel: (reading: LevelReading) => void;
    },
  ): DeskMicrophone;
}

export interface TourOptions {
  readonly record: TourRecord;
  readonly joinUrl: (code: string) => string;
  /** What a tour may cost that says nothing of its own, US dollars. */
  readonly boxCapUsd: () => number | undefined;
  /** Resolves when the changes are on the disk. @throws UbizoError `storage_failed`, and then nothing was changed. */
  readonly save: (changes: Partial<TourRecord>) => Promise<void>;
  readonly parts: (tour: TourInParts) => TourParts;
}
