import type { Channel } from '../channel/channel.ts';
import type { Speaker } from '../speaker/speaker.ts';
import type { AnnouncedTour } from './announced-tour.ts';

/** What is to be read to whom; languages as the tour names them. */
export type TextsByLanguage = ReadonlyMap<string, string>;

/** How it came out in one language: `heard` to its end, `cut`, or not at all. */
export type TextEnd = 'heard' | 'cut' | 'unable' | 'failed' | 'spend-cap';

export interface SpokenTextOptions {
  readonly tour: AnnouncedTour;
  readonly speaker: Speaker;
  readonly texts: TextsByLanguage;
  readonly onEnd: (end: TextEnd) => void;
  /** It is heard somewhere from now on; or nowhere any more. */
  readonly onHeard: (heard: boolean) => void;
  readonly onBargeIn: () => void;
}

/** One text, read in every language that somebody hears: in each as soon as it is made. */
export class SpokenText {
  private readonly options: SpokenTextOptions;
  private readonly making = new AbortController();
  /** Those in which it waits or is heard. */
  private readonly channels = new Set<Channel>();
  private isHeard = false;

  constructor(options: SpokenTextOptions) {
    this.options = options;
  }

  get heard(): boolean {
    return this.isHeard;
  }

  /** Resolves when nothing more of it will be heard anywhere. */
  async read(): Promise<void> {
    const { tour, texts } = this.options;
    const heard = [...texts].filter(([language]) => tour.attendance.listeners(language) > 0);
    await Promise.all(
      heard.map(async ([language, text]) => this.options.onEnd(await this.readIn(language, text))),
    );
    if (this.isHeard) this.options.onHeard(false);
    this.isHeard = false;
  }

  cut(): void {
    this.making.abort();
    for (const channel of this.channels) channel.cut();
  }

  private async readIn(language: string, text: string): Promise<TextEnd> {
    const { tour, speaker } = this.options;
    const { signal } = this.making;
    const reading = await speaker.read({
      text,
      language,
      signal,
      onSpent: (usd) => tour.spend.add(language, usd),
      unpaid: tour.spend.state === 'reached',
    });
    if ('reason' in reading) return reading.reason === 'cancelled' ? 'cut' : reading.reason;
    return signal.aborted ? 'cut' : this.play(language, reading.samples);
  }

  private play(language: string, samples: Int16Array): Promise<TextEnd> {
    const { promise, resolve } = Promise.withResolvers<TextEnd>();
    const channel = this.channelOf(language);
    if (!channel) return Promise.resolve('cut');
    this.channels.add(channel);
    channel.announce(samples, {
      onBegin: () => this.begin(),
      onBargeIn: this.options.onBargeIn,
      onEnd: (how) => {
        this.channels.delete(channel);
        resolve(how);
      },
    });
    return promise;
  }

  private begin(): void {
    if (this.isHeard) return;
    this.isHeard = true;
    this.options.onHeard(true);
  }

  /** Undefined when the language was taken off the tour meanwhile. */
  private channelOf(language: string): Channel | undefined {
    try {
      return this.options.tour.channel(language);
    } catch {
      return undefined;
    }
  }
}
