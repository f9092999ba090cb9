import { nanoid } from 'nanoid';
import { normaliseCode } from '../protocol/codes.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { NewTour } from '../protocol/requests.ts';
import { newTourCode } from './code.ts';
import type { Companion } from './companion.ts';
import { Companions } from './companions.ts';
import { nameOfCopy } from './copy-name.ts';
import { type TourRecord, visitorsLanguages } from './record.ts';
import { SpendKeeping } from './spend-keeping.ts';
import { Tour } from './tour.ts';
import type { TourOptions } from './tour-options.ts';
import type { TourStore } from './tour-store.ts';

export interface ToursOptions extends Pick<TourOptions, 'joinUrl' | 'boxCapUsd' | 'parts'> {
  readonly store: TourStore;
  readonly defaultMicrophone: () => string;
}

/** All tours of the box, ended ones too until they are deleted. Those that were live go on where they were. */
export class Tours {
  private readonly options: ToursOptions;
  private readonly byId = new Map<string, Tour>();
  private readonly companions = new Companions();
  private readonly spendKeeping: SpendKeeping;

  constructor(options: ToursOptions) {
    this.options = options;
    this.spendKeeping = new SpendKeeping({
      tours: () => this.byId.values(),
      save: (changes) => options.store.changeAll(changes),
    });
  }

  /** Goes with every tour, from its coming to its going. Before the start. */
  accompany(companion: Companion): void {
    this.companions.add(companion);
  }

  async start(): Promise<void> {
    for (const record of this.options.store.tours) this.add(record);
    this.spendKeeping.start();
    for (const tour of this.byId.values()) await this.companions.recall(tour);
  }

  async stop(): Promise<void> {
    const tours = [...this.byId.values()];
    // Their last words are for who goes with them, too.
    await Promise.allSettled(tours.map((tour) => tour.stop()));
    for (const tour of tours) this.companions.leave(tour);
    await this.spendKeeping.stop();
  }

  all(): readonly Tour[] {
    return [...this.byId.values()].toSorted((a, b) => b.record.createdAt.localeCompare(a.record.createdAt));
  }

  /** Those that are not over, newest first. */
  open(): readonly Tour[] {
    return this.all().filter(({ record }) => record.state !== 'ended');
  }

  find(id: string): Tour | undefined {
    return this.byId.get(id);
  }

  /** @throws UbizoError `tour_not_found`. */
  get(id: string): Tour {
    const tour = this.find(id);
    if (!tour) throw new UbizoError('tour_not_found', 'There is no such tour on this box.');
    return tour;
  }

  /** @throws UbizoError `code_unknown`. */
  byCode(typed: string): Tour {
    const code = normaliseCode(typed);
    for (const tour of this.byId.values()) if (tour.record.code === code) return tour;
    throw new UbizoError(
      'code_unknown',
      'No tour has this code. Check the six characters on the guide’s sign.',
    );
  }

  /** @param guide the account of whose tour it is; without it the owner's. */
  async create(wanted: NewTour, guide?: string): Promise<Tour> {
    const { name, floorLanguage, languages, glossary, notes, retention, entryCode, spendCapUsd, asking } =
      wanted;
    const record: TourRecord = {
      id: nanoid(),
      code: this.freeCode(),
      name,
      ...(guide !== undefined && { guide }),
      floorLanguage,
      languages: visitorsLanguages(languages, floorLanguage),
      state: 'ready',
      muted: false,
      microphone: this.options.defaultMicrophone(),
      underlay: 'quiet',
      ...(glossary && { glossary }),
      ...(notes !== undefined && { notes }),
      ...(retention && { retention }),
      ...(entryCode && { entryCode }),
      ...(spendCapUsd !== undefined && { spendCapUsd }),
      ...(asking && { asking }),
      createdAt: new Date().toISOString(),
    };
    await this.options.store.add(record);
    return this.add(record);
  }

  /** A new tour like this one, whatever has become of it, with a code of its own. @throws UbizoError `tour_not_found`. */
  async copy(id: string, guide?: string): Promise<Tour> {
    const { spendCapUsd, ...record } = this.get(id).record;
    const boxCapUsd = this.options.boxCapUsd();
    // What was raised for one tour was not raised for the next.
    const isRaised = boxCapUsd !== undefined && (spendCapUsd ?? 0) > boxCapUsd;
    const taken = new Set(this.all().map((tour) => tour.record.name));
    return this.create(
      { ...record, ...(!isRaised && { spendCapUsd }), name: nameOfCopy(record.name, taken) },
      guide,
    );
  }

  /** @throws UbizoError `tour_not_found`; `storage_failed`: then it goes on as it was. */
  async delete(id: string): Promise<void> {
    const tour = this.get(id);
    await this.options.store.delete(id);
    this.byId.delete(id);
    await tour.close();
    this.companions.leave(tour);
    await this.companions.deleted(id);
  }

  private add(record: TourRecord): Tour {
    const { joinUrl, boxCapUsd, parts, store } = this.options;
    const tour = new Tour({
      record,
      joinUrl,
      boxCapUsd,
      parts,
      save: (changes) => store.change(record.id, changes),
    });
    this.byId.set(record.id, tour);
    tour.start();
    this.companions.follow(tour);
    return tour;
  }

  private freeCode(): string {
    const taken = new Set([...this.byId.values()].map((tour) => tour.record.code));
    for (;;) {
      const code = newTourCode();
      if (!taken.has(code)) return code;
    }
  }
}
