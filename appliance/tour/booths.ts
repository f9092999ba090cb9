import type { Channel } from '../channel/channel.ts';
import type { FloorChannel } from '../channel/floor-channel.ts';
import { UbizoError } from '../protocol/errors.ts';
import { FLOOR_ALIAS } from '../protocol/languages.ts';
import type { CaptionLine, ChannelDeskView, WrittenBy } from '../protocol/views.ts';
import type { Booth } from './booth.ts';
import { SourceCaptions } from './source-captions.ts';
import type { Transcription } from './transcription.ts';

/** What the composition root supplies. */
export interface BoothParts {
  createFloorChannel(language: string, onState: () => void): FloorChannel;
  createBooth(
    language: string,
    output: {
      onChange: () => void;
      onCaption: (line: CaptionLine) => void;
      onSpent: (usd: number) => void;
    },
  ): Booth;
  /** What writes down the guide's own words where no booth does. */
  createTranscription(
    language: string,
    output: {
      onChange: () => void;
      onCaption: (line: CaptionLine) => void;
      onSpent: (usd: number) => void;
    },
  ): Transcription;
}

export interface BoothsOptions {
  readonly parts: BoothParts;
  readonly floorLanguage: string;
  /** How many hear a language just now, and how many only read it. */
  readonly listeners: (language: string) => number;
  readonly readers: (language: string) => number;
  readonly onChannel: (language: string) => void;
  readonly onCaption: (line: CaptionLine) => void;
  readonly onSpent: (language: string, usd: number) => void;
}

/** A tour's channels: the guide's own, and a booth for each of the visitors' languages. */
export class Booths {
  private readonly options: BoothsOptions;
  private readonly byLanguage = new Map<string, Booth>();
  private floorChannel: FloorChannel;
  private transcription: Transcription;
  private sourceCaptions: SourceCaptions;
  private seen: (language: string) => boolean = () => false;
  private writtenBy: WrittenBy | undefined;

  constructor(options: BoothsOptions) {
    this.options = options;
    this.floorChannel = this.createFloorChannel(options.floorLanguage);
    this.transcription = this.createTranscription(options.floorLanguage);
    this.sourceCaptions = this.captionsBy(this.transcription);
  }

  get languages(): readonly string[] {
    return [...this.byLanguage.keys()];
  }

  /** Every channel's language, the floor's first. */
  get channels(): readonly string[] {
    return [this.floorChannel.language, ...this.languages];
  }

  start(languages: readonly string[]): void {
    this.writtenBy = this.sourceCaptions.by;
    this.floorChannel.start();
    this.transcription.start();
    for (const language of languages) this.open(language);
  }

  async stop(): Promise<void> {
    this.floorChannel.stop();
    // Nobody takes over from a booth that closes now.
    this.seen = () => false;
    await this.closeAll();
    // Not before: their last words are still asked about.
    this.byLanguage.clear();
  }

  /** `floor`, a visitor's language, or the floor's. @throws UbizoError `language_not_offered`. */
  channel(language: string): Channel {
    if (language === FLOOR_ALIAS || language === this.floorChannel.language) return this.floorChannel;
    const booth = this.byLanguage.get(language);
    if (booth) return booth.channel;
    throw new UbizoError(
      'language_not_offered',
      'This tour is not offered in that language; choose another.',
    );
  }

  /** The floor's first, then `languages` in order. */
  views(languages: readonly string[]): ChannelDeskView[] {
    const booths = languages.flatMap((language) => this.byLanguage.get(language) ?? []);
    return [this.floorView(), ...booths.map((booth) => this.boothView(booth))];
  }

  /** Undefined when there is no such channel any more. */
  view(language: string): ChannelDeskView | undefined {
    if (language === this.floorChannel.language) return this.floorView();
    const booth = this.byLanguage.get(language);
    return booth && this.boothView(booth);
  }

  /** Those in which an interpreter is heard: their lag moves by the second. */
  get live(): readonly string[] {
    return this.languages.filter((language) => this.byLanguage.get(language)?.channel.state === 'live');
  }

  /** Opens what is new and closes what is no longer among `languages`. */
  async keep(languages: readonly string[]): Promise<void> {
    const closing = [...this.byLanguage.values()].filter(({ language }) => !languages.includes(language));
    for (const { language } of closing) this.byLanguage.delete(language);
    for (const language of languages) if (!this.byLanguage.has(language)) this.open(language);
    await Promise.all(closing.map((booth) => booth.stop()));
  }

  /** Every interpreter must hear of the guide's new language: every booth is a new one. */
  async respeak(floorLanguage: string, languages: readonly string[]): Promise<void> {
    this.floorChannel.stop();
    const closed = this.closeAll();
    this.byLanguage.clear();
    this.floorChannel = this.createFloorChannel(floorLanguage);
    this.transcription = this.createTranscription(floorLanguage);
    this.sourceCaptions = this.captionsBy(this.transcription);
    this.start(languages);
    await closed;
  }

  /** @param seen whether a language's captions are on somebody's screen */
  demand(wanted: (language: string) => boolean, seen: (language: string) => boolean): void {
    this.seen = seen;
    for (const booth of this.byLanguage.values()) booth.demand(wanted(booth.language));
    this.demandSource();
  }

  /** Who has chosen a language that nobody interprets reads the guide's own words, too. */
  private demandSource(): void {
    const uninterpreted = [...this.byLanguage.values()].filter(({ channel }) => channel.state === 'floor');
    const read = [this.floorChannel, ...uninterpreted].some(({ language }) => this.seen(language));
    this.sourceCaptions.demand(read);
    const { by } = this.sourceCaptions;
    if (by !== this.writtenBy) this.options.onChannel(this.floorChannel.language);
    this.writtenBy = by;
  }

  /** Others may have to interpret, or how may be told otherwise. */
  exchange(): void {
    this.transcription.exchange();
    for (const booth of this.byLanguage.values()) booth.exchange();
  }

  /** Closes the interpreters without waiting for an audience to come back. */
  release(): void {
    this.seen = () => false;
    this.sourceCaptions.demand(false);
    void this.transcription.close();
    for (const booth of this.byLanguage.values()) booth.release();
  }

  private open(language: string): void {
    const booth = this.options.parts.createBooth(language, {
      onChange: () => {
        this.demandSource();
        this.options.onChannel(language);
      },
      onCaption: this.options.onCaption,
      onSpent: (usd) => this.options.onSpent(language, usd),
    });
    this.byLanguage.set(language, booth);
    booth.start();
  }

  private async closeAll(): Promise<void> {
    const closing = [...this.byLanguage.values()];
    this.sourceCaptions.stop();
    await Promise.allSettled([this.transcription.stop(), ...closing.map((booth) => booth.stop())]);
  }

  private createFloorChannel(language: string): FloorChannel {
    return this.options.parts.createFloorChannel(language, () => this.options.onChannel(language));
  }

  private createTranscription(language: string): Transcription {
    const { parts, onChannel, onCaption, onSpent } = this.options;
    return parts.createTranscription(language, {
      onChange: () => onChannel(language),
      onCaption,
      onSpent: (usd) => onSpent(language, usd),
    });
  }

  private captionsBy(transcription: Transcription): SourceCaptions {
    return new SourceCaptions({ booths: () => this.byLanguage.values(), transcription });
  }

  private floorView(): ChannelDeskView {
    const { language, state } = this.floorChannel;
    const { problem } = this.transcription;
    return {
      language,
      state,
      by: 'guide',
      lagMs: 0,
      rough: false,
      writtenBy: this.sourceCaptions.by,
      ...this.audienceOf(language),
      // That a box cannot do a language at all is nothing that a guide could mend on the way.
      ...(problem && problem.code !== 'interpreter_language_unsupported' && { problem }),
    };
  }

  private boothView(booth: Booth): ChannelDeskView {
    return { ...booth.view(), ...this.audienceOf(booth.language) };
  }

  private audienceOf(language: string): Pick<ChannelDeskView, 'listeners' | 'readers'> {
    const { listeners, readers } = this.options;
    return { listeners: listeners(language), readers: readers(language) };
  }
}
