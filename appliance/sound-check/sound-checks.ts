import type { InterpretedChannel } from '../channel/interpreted-channel.ts';
import type { Interpreting } from '../interpreter/interpreter.ts';
import type { Log } from '../log.ts';
import type { MicrophoneTaps } from '../microphone/microphone-taps.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { SoundCheckView } from '../protocol/sound-check.ts';
import type { Companion } from '../tour/companion.ts';
import type { Tour } from '../tour/tour.ts';
import { utteranceOfClip } from './clip.ts';
import { LanguageTrial } from './language-trial.ts';
import { SoundCheck } from './sound-check.ts';
import { utteranceOfMicrophone } from './spoken.ts';
import { SOUND_CHECK_TIMING, type SoundCheckTiming } from './timing.ts';
import type { UtteranceListener } from './utterance.ts';

export interface SoundChecksOptions {
  readonly taps: MicrophoneTaps;
  /** Who interprets for the tour, as is due now. */
  readonly interpreting: (tour: Tour) => Interpreting;
  /** A language's, of which nothing but the translation is heard. */
  readonly createChannel: (language: string) => InterpretedChannel;
  readonly createListener: () => UtteranceListener;
  readonly timing?: Partial<SoundCheckTiming>;
  readonly log: Log;
}

interface Kept {
  readonly check: SoundCheck;
  forgetting?: NodeJS.Timeout;
}

/** More at once would keep one another, and live tours, from their turn. */
const MOST_AT_ONCE = 3;

/** The sound checks of tours that have not begun. Nothing of them is written down, and what was heard is soon forgotten. */
export class SoundChecks implements Companion {
  private readonly options: SoundChecksOptions;
  private readonly timing: SoundCheckTiming;
  /** By tour. */
  private readonly kept = new Map<string, Kept>();

  constructor(options: SoundChecksOptions) {
    this.options = options;
    this.timing = { ...SOUND_CHECK_TIMING, ...options.timing };
  }

  follow(tour: Tour): () => void {
    const { id } = tour.record;
    const unsubscribe = tour.subscribe((event) => {
      if (event.type === 'tour-changed' && event.changes.state !== undefined) void this.forget(id);
    });
    return () => {
      unsubscribe();
      void this.forget(id);
    };
  }

  /** @throws UbizoError `tour_over`, `tour_state`, `sound_checks_busy`. */
  expectPossible({ record: { id, state } }: Tour): void {
    if (state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
    if (state !== 'ready')
      throw new UbizoError('tour_state', 'A sound check is for before the tour: this one has begun.');
    const running = [...this.kept].filter(([tour, { check }]) => tour !== id && !check.done);
    if (running.length >= MOST_AT_ONCE)
      throw new UbizoError(
        'sound_checks_busy',
        'Other tours are having their sound check. Try again in a minute.',
        {
          retryAfterS: 30,
        },
      );
  }

  /** Takes the place of the one before. @throws UbizoError as {@link expectPossible}; `clip_unreadable`. */
  async begin(tour: Tour, clip?: Uint8Array): Promise<SoundCheckView> {
    this.expectPossible(tour);
    const known = clip && (await utteranceOfClip(clip, this.options.createListener()));
    this.expectPossible(tour);
    const { id } = tour.record;
    const { taps, createListener, log } = this.options;
    const before = this.forget(id);
    const check = new SoundCheck({
      source: known ? 'clip' : 'microphone',
      utterance: async (signal, onLevel) => {
        await before;
        if (known) return known;
        const listener = createListener();
        return utteranceOfMicrophone({ tour, taps, listener, timing: this.timing, signal, onLevel });
      },
      trials: tour.record.languages.map((language) => this.trial(tour, language)),
      onError: (error) => log.error({ err: error }, 'a sound check broke off'),
    });
    const kept: Kept = { check };
    this.kept.set(id, kept);
    void this.see(id, kept);
    return check.view();
  }

  /** @throws UbizoError `sound_check_missing`. */
  of(tour: string): SoundCheck {
    const kept = this.kept.get(tour);
    if (kept) return kept.check;
    throw new UbizoError('sound_check_missing', 'There is no sound check of this tour. Begin one.');
  }

  /** Also ends one that is under way. Resolves when that has happened. */
  async forget(tour: string): Promise<void> {
    const kept = this.kept.get(tour);
    if (!kept) return;
    this.kept.delete(tour);
    clearTimeout(kept.forgetting);
    await kept.check.stop();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.kept.keys()].map((tour) => this.forget(tour)));
  }

  /** What was heard is there for a while after the check, unless it was forgotten already. */
  private async see(tour: string, kept: Kept): Promise<void> {
    await kept.check.start();
    if (this.kept.get(tour) !== kept) return;
    kept.forgetting = setTimeout(() => void this.forget(tour), this.timing.keepMs);
  }

  private trial(tour: Tour, language: string): LanguageTrial {
    const { interpreting, createChannel } = this.options;
    return new LanguageTrial({
      from: tour.record.floorLanguage,
      to: language,
      interpreting: {
        // As it is due when the language's turn comes: the tour may have cost what it may by then.
        create: (request) => interpreting(tour).create(request),
        outlook: (from, to) => interpreting(tour).outlook(from, to),
      },
      glossary: () => tour.record.glossary ?? [],
      channel: createChannel(language),
      timing: this.timing,
      onSpent: (usd) => tour.spend.add(language, usd),
    });
  }
}
