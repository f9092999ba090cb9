import { USUAL_ASKING } from '../protocol/asking.ts';
import type { Speaker } from '../speaker/speaker.ts';
import type { TourEvent } from '../tour/tour-event.ts';
import type { AnnouncedTour } from './announced-tour.ts';
import { SpokenText, type TextEnd, type TextsByLanguage } from './spoken-text.ts';

export interface ReadingQueueOptions {
  readonly tour: AnnouncedTour;
  readonly speaker: Speaker;
  /** One text in one language came to its end. */
  readonly onEnd: (end: TextEnd) => void;
  /** The tour's voice is a reading from now on, or is not any more. */
  readonly onReading: (reading: boolean) => void;
}

interface Waiting {
  readonly texts: TextsByLanguage;
  readonly onVoice: ((reading: boolean) => void) | undefined;
}

/** Who wants more at once has not heard the first one. */
const MOST_WAITING = 4;

/** What is read to one tour: one text after the other, each in all its languages at once. */
export class ReadingQueue {
  private readonly options: ReadingQueueOptions;
  private readonly waiting: Waiting[] = [];
  private current: SpokenText | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(options: ReadingQueueOptions) {
    this.options = options;
  }

  /** A reading is heard in some channel. */
  get reading(): boolean {
    return this.current?.heard ?? false;
  }

  start(): void {
    this.unsubscribe = this.options.tour.subscribe((event) => this.observe(event));
  }

  stop(): void {
    this.unsubscribe?.();
    this.cut();
  }

  /** @returns whether it will be read: not where the tour is not live, or too much waits already. */
  add(waiting: Waiting): boolean {
    const { state } = this.options.tour.record;
    if (state !== 'live' || !this.unsubscribe || this.waiting.length >= MOST_WAITING) return false;
    this.waiting.push(waiting);
    this.next();
    return true;
  }

  /** At once, in every channel; what waits is not read either. */
  cut(): void {
    this.waiting.length = 0;
    this.current?.cut();
  }

  private next(): void {
    if (this.current) return;
    const due = this.waiting.shift();
    if (due) void this.read(due);
  }

  private async read(due: Waiting): Promise<void> {
    const { tour, speaker, onEnd, onReading } = this.options;
    const text = new SpokenText({
      tour,
      speaker,
      texts: due.texts,
      onEnd,
      onHeard: (heard) => {
        onReading(heard);
        due.onVoice?.(heard);
      },
      onBargeIn: () => this.bargeIn(),
    });
    this.current = text;
    await text.read();
    this.current = undefined;
    this.next();
  }

  private bargeIn(): void {
    const { guideBargesIn } = this.options.tour.record.asking ?? USUAL_ASKING;
    if (guideBargesIn) this.cut();
  }

  private observe(event: TourEvent): void {
    const { state } = event.type === 'tour-changed' ? event.changes : {};
    if (event.type === 'stopped' || (state !== undefined && state !== 'live')) this.cut();
  }
}
