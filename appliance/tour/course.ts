import { UbizoError } from '../protocol/errors.ts';
import type { TourPatch } from '../protocol/requests.ts';
import type { DeskMicrophone } from './desk-microphone.ts';
import type { KeptRecord } from './kept-record.ts';
import { Offer, type OfferOptions } from './offer.ts';
import { changesOf, type TourRecord } from './record.ts';
import { Turns } from './turns.ts';

/** Push-to-talk comes and goes by the second; a box that loses its power may be this much behind, ms. */
const SAVE_MUTED_MS = 1_000;

export interface CourseOptions extends OfferOptions {
  readonly kept: KeptRecord;
  /** In effect at once, and told. */
  readonly show: (changes: Partial<TourRecord>) => void;
  readonly microphone: DeskMicrophone;
}

/** What a guide does with a tour: its course from ready to ended, and what is changed on the way. */
export class Course {
  private readonly options: CourseOptions;
  private readonly offer: Offer;
  private readonly patches = new Turns();

  constructor(options: CourseOptions) {
    this.options = options;
    this.offer = new Offer(options);
  }

  async begin(): Promise<void> {
    const { microphone } = this.options;
    this.expect('start', 'ready');
    microphone.expectFree();
    microphone.rewind();
    await this.change({ state: 'live', startedAt: new Date().toISOString() });
  }

  async pause(): Promise<void> {
    this.expect('pause', 'live');
    await this.change({ state: 'paused' });
  }

  async resume(): Promise<void> {
    this.expect('resume', 'paused');
    this.options.microphone.expectFree();
    await this.change({ state: 'live' });
  }

  async end(): Promise<void> {
    this.expect('end', 'ready', 'live', 'paused');
    const changed = this.change({ state: 'ended', endedAt: new Date().toISOString() });
    this.options.booths.release();
    await changed;
  }

  mute(muted: boolean): void {
    const { kept, show } = this.options;
    if (muted === kept.now.muted) return;
    show({ muted });
    kept.unsaved.keepSoon({ muted }, SAVE_MUTED_MS);
  }

  /** One after the other: each is worked out from what the one before it has left. */
  async patch(patch: TourPatch): Promise<void> {
    const { done } = await this.patches.take(() => this.apply(patch));
    await done;
  }

  /** @returns what need not be waited for by the next change: interpreters say their last words. */
  private async apply(patch: TourPatch): Promise<{ done: Promise<unknown> }> {
    const { kept, show, microphone } = this.options;
    const changes = changesOf(patch, kept.now);
    const { microphone: chosen, muted: _, ...others } = changes;
    if (kept.now.state === 'live' && chosen !== undefined) microphone.expectFree(chosen);
    // What the voice needs does not wait for the disk; everything else is not changed before it is saved.
    const urgent = Object.keys(others).length === 0;
    if (!urgent) await kept.unsaved.put(changes);
    // All at once, or a change that comes while an interpreter says its last words would undo this one.
    const { floorLanguage, languages = kept.now.languages } = changes;
    if (floorLanguage !== undefined) kept.assume({ floorLanguage, languages });
    const closed = floorLanguage
      ? this.offer.respeak(floorLanguage, languages)
      : this.offer.change(languages, kept.now.floorLanguage);
    if (chosen !== undefined) microphone.choose(chosen);
    show(changes);
    return { done: Promise.all([closed, urgent && kept.unsaved.keep(changes)]) };
  }

  /** In effect whatever the disk says. */
  private async change(changes: Partial<TourRecord>): Promise<void> {
    this.options.show(changes);
    await this.options.kept.unsaved.keep(changes);
  }

  private expect(action: string, ...states: TourRecord['state'][]): void {
    const { state } = this.options.kept.now;
    if (states.includes(state)) return;
    throw new UbizoError('tour_state', `A tour that is ${state} cannot ${action}.`);
  }
}
