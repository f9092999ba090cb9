import type { Floors } from '../floor/floors.ts';
import type { Interpreting } from '../interpreter/interpreter.ts';
import type { Transcribing } from '../interpreter/transcriber.ts';
import { USUAL_ASKING } from '../protocol/asking.ts';
import type { Tour } from '../tour/tour.ts';
import type { DeskListeners } from './desk-listeners.ts';
import { InterpretedVoice, type SpokenWords, type VoicePath } from './interpreted-voice.ts';
import type { Spoken } from './question-words.ts';
import type { TalkState } from './talk-state.ts';
import { Talkback } from './talkback.ts';
import { TALKBACK_TIMING, type TalkbackTiming } from './timing.ts';
import type { TourTalk } from './tour-talk.ts';

/** What visitors' voices are interpreted with. */
export interface VoiceParts {
  /** A floor of its own, and a channel in this language. */
  readonly createPath: (language: string) => VoicePath;
  /** Who interprets for the tour, as is due now: nobody who must be paid once it has cost what it may. */
  readonly interpreting: (tour: Tour) => Interpreting;
  readonly transcribing: (tour: Tour) => Transcribing;
}

export interface TalkbacksOptions extends VoiceParts {
  readonly desks: DeskListeners;
  readonly floors: Pick<Floors, 'of'>;
  readonly timing?: Partial<TalkbackTiming>;
}

/** A voice of this tour on its way to one listener, at the tour's cost. `ear`: nobody else hears what goes by this name. */
export function voiceInto(
  tour: Tour,
  { createPath, interpreting, transcribing }: VoiceParts,
  { language, ear, words }: { language: string; ear: string; words?: Omit<SpokenWords, 'transcribing'> },
): InterpretedVoice {
  return new InterpretedVoice({
    ear,
    path: createPath(language),
    interpreting: () => interpreting(tour),
    glossary: () => tour.record.glossary ?? [],
    ...(words && { words: { ...words, transcribing: () => transcribing(tour) } }),
    onSpent: (usd) => tour.spend.add(language, usd),
  });
}

/** The way to the guide, of each tour. */
export class Talkbacks {
  private readonly options: TalkbacksOptions;
  private readonly byTour = new Map<string, Talkback>();
  private readonly observers = new Set<(tour: Tour, spoken: Spoken) => void>();

  constructor(options: TalkbacksOptions) {
    this.options = options;
  }

  /** How many are open just now, each with an interpreter or a transcriber. */
  get open(): number {
    return [...this.byTour.values()].filter(({ voice }) => voice.isOpen).length;
  }

  /** Told what somebody has asked by voice, once it is written down. @returns what to call to hear no more of it. */
  subscribe(observer: (tour: Tour, spoken: Spoken) => void): () => void {
    this.observers.add(observer);
    return () => void this.observers.delete(observer);
  }

  /** Nothing for a tour that is over. */
  of(tour: string): Talkback | undefined {
    return this.byTour.get(tour);
  }

  /** A tour has come. @returns what to call when it goes. */
  follow(talk: TourTalk): () => void {
    const { tour } = talk;
    const { id } = tour.record;
    if (tour.record.state !== 'ended') this.begin(tour);
    const undos = [
      talk.subscribeState((state) => this.byTour.get(id)?.turn(askerOf(state))),
      talk.subscribe(({ samples, capturedAt }) => this.byTour.get(id)?.hear(samples, capturedAt)),
      // A guide who speaks up is not to be talked over, in their own ear neither.
      this.options.floors.of(id).subscribeInterruptions(() => this.of(id)?.channel.interrupt()),
      tour.subscribe((event) => {
        if (event.type !== 'tour-changed') return;
        const { state, floorLanguage } = event.changes;
        if (state !== undefined && state !== 'live') tour.channel(tour.record.floorLanguage).cut();
        if (state === 'ended') void this.end(id);
        else if (floorLanguage !== undefined && floorLanguage !== this.of(id)?.channel.language)
          this.begin(tour);
      }),
    ];
    return () => {
      for (const undo of undos) undo();
      void this.end(id);
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.byTour.keys()].map((tour) => this.end(tour)));
  }

  private begin(tour: Tour): void {
    const { id, floorLanguage: language } = tour.record;
    const { desks, timing } = this.options;
    void this.byTour.get(id)?.stop();
    const talkback = new Talkback({
      language,
      timing: { ...TALKBACK_TIMING, ...timing },
      onSpoken: (spoken) => this.tell(tour, spoken),
      createVoice: (words) => voiceInto(tour, this.options, { language, ear: `${id} to the guide`, words }),
    });
    this.byTour.set(id, talkback);
    talkback.start();
    desks.tune(id, talkback.channel);
  }

  private tell(tour: Tour, spoken: Spoken): void {
    const { voice } = spoken;
    if (voice && tour.record.state === 'live') {
      // Who hears the tour in the guide's language has heard the visitor's own voice, and may not have understood it.
      const channel = tour.channel(tour.record.floorLanguage);
      const bargesIn = (): boolean => (tour.record.asking ?? USUAL_ASKING).guideBargesIn;
      channel.announce(voice, { onBargeIn: () => bargesIn() && channel.cut() });
    }
    for (const observer of this.observers) observer(tour, spoken);
  }

  private async end(tour: string): Promise<void> {
    const talkback = this.byTour.get(tour);
    this.byTour.delete(tour);
    this.options.desks.closeTour(tour);
    await talkback?.stop();
  }
}

function askerOf({
  holder,
}: TalkState): { attendee: string; language: string; to: 'guide' | 'all' } | undefined {
  return holder && { attendee: holder.attendee, language: holder.language, to: holder.to };
}
