import type { Clock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import type { TranscriptView } from '../protocol/views.ts';
import { LINES_PER_LANGUAGE } from '../tour/caption-history.ts';
import type { Companion } from '../tour/companion.ts';
import type { TourRecord } from '../tour/record.ts';
import type { Tour } from '../tour/tour.ts';
import type { TourStore } from '../tour/tour-store.ts';
import type { TranscriptLine } from './line.ts';
import { type KeptOfTours, type Remembered, withMemory } from './kept-of-tours.ts';
import { Retention } from './retention.ts';
import { TranscriptFolder } from './transcript-folder.ts';

export interface TranscriptsOptions {
  /** `<data>/transcripts` */
  readonly directory: string;
  readonly store: Pick<TourStore, 'tours' | 'erasing' | 'erased'>;
  /** For how long those are kept whose tour does not say; 0: none is made. */
  readonly boxKeepDays: () => number;
  readonly clock: Pick<Clock, 'now' | 'sure'>;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** What is said on the tours, written down, handed back after a restart, and deleted when it is old enough. */
export class Transcripts implements Companion {
  private readonly options: TranscriptsOptions;
  private readonly folder: TranscriptFolder;
  private readonly retention: Retention;
  private readonly kept: KeptOfTours[];

  constructor(options: TranscriptsOptions) {
    const { directory, store, clock, log } = options;
    this.options = options;
    this.folder = new TranscriptFolder({ directory, now: () => clock.now(), log });
    this.kept = [this.folder];
    this.retention = new Retention({
      kept: () => this.kept,
      sure: () => clock.sure(),
      keep: (tour) => ({ days: this.keepDays(tour), goesOn: this.goesOn(tour) }),
      erasing: () => store.erasing,
      onErased: (tour) => store.erased(tour),
      log,
    });
  }

  /** After the state and the clock. */
  start(): void {
    this.retention.start();
  }

  /** Also this is kept for as long as a transcript, and erased with it, here and in memory. Before the start. */
  keepAlso(kept: KeptOfTours, remembered: (tour: string) => Remembered | undefined): void {
    this.kept.push(withMemory(kept, remembered));
  }

  /** Writes what waits. */
  async stop(): Promise<void> {
    await this.retention.stop();
    await this.folder.stop();
  }

  get problem(): Problem | undefined {
    if (!this.folder.failing) return this.kept.find(({ problem }) => problem)?.problem;
    return {
      code: 'storage_failed',
      message:
        'What is said cannot be written down just now. Is the disk full? The box tries again by itself.',
    };
  }

  /** Writes down what is said from now on. */
  follow(tour: Tour): () => void {
    const { id } = tour.record;
    return tour.subscribe((event) => {
      if (event.type === 'caption' && this.keepDays(id) > 0) this.folder.record(id, event.line);
    });
  }

  /** After a restart, a tour's captions go on where they were. */
  async recall(tour: Tour): Promise<void> {
    const { id, state } = tour.record;
    if (state === 'ended') return;
    try {
      for (const line of await this.folder.recent(id, LINES_PER_LANGUAGE)) tour.captions.keep(line);
    } catch (error) {
      this.options.log.error({ err: error, tour: id }, 'the captions so far cannot be read');
    }
  }

  /** Of each language in which something was said; the floor's first. */
  async views({ id, floorLanguage }: Pick<TourRecord, 'id' | 'floorLanguage'>): Promise<TranscriptView[]> {
    const languages = (await this.folder.languages(id)).toSorted((a, b) =>
      a === floorLanguage ? -1 : b === floorLanguage ? 1 : a.localeCompare(b),
    );
    const views: TranscriptView[] = [];
    for (const language of languages) {
      const lines = await this.folder.read(id, language);
      const [first, last] = [lines[0], lines.at(-1)];
      if (first && last) views.push({ language, lines: lines.length, from: first.from, to: last.to });
    }
    return views;
  }

  read(tour: string, language: string): Promise<TranscriptLine[]> {
    return this.folder.read(tour, language);
  }

  /** @throws what the file system says; then something may be left. */
  async erase(tour: Tour): Promise<void> {
    for (const each of this.kept) await each.erase(tour.record.id);
    tour.captions.clear();
  }

  /** The tour was deleted. What cannot be erased now is erased when that is possible. */
  deleted(tour: string): Promise<void> {
    return this.retention.erase(tour);
  }

  /** For how long a tour's transcript is kept; 0: none is made. */
  keepDays(tour: string): number {
    return this.record(tour)?.retention?.transcriptDays ?? this.options.boxKeepDays();
  }

  private goesOn(tour: string): boolean {
    const state = this.record(tour)?.state;
    return state === 'live' || state === 'paused';
  }

  private record(tour: string): TourRecord | undefined {
    return this.options.store.tours.find(({ id }) => id === tour);
  }
}
