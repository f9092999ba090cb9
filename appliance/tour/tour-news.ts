import type { ChannelDeskView, SpendView } from '../protocol/views.ts';
import type { Attendance } from './attendance.ts';
import { ChannelNews } from './channel-news.ts';
import type { Spend } from './spend.ts';
import type { TourEvent } from './tour-event.ts';

export interface TourNewsOptions {
  readonly attendance: Attendance;
  /** Undefined when there is no such channel any more. */
  readonly channel: (language: string) => ChannelDeskView | undefined;
  /** Every channel's language, and of those in which an interpreter is heard now. */
  readonly languages: () => readonly string[];
  readonly interpreted: () => readonly string[];
  readonly spend: Spend;
  readonly spendView: () => SpendView;
  readonly emit: (event: TourEvent) => void;
}

/** How far channels are behind, and what they cost. */
const LAG_EVERY_MS = 1_000;
/** A busload joins within seconds: the desk is told a few times a second, not once a phone. */
const COUNT_EVERY_MS = 200;

/** What changes on a tour by itself: its channels, how far they are behind, what they cost, who comes and goes. */
export class TourNews {
  private readonly options: TourNewsOptions;
  private readonly channels: ChannelNews;
  private counting: NodeJS.Timeout | undefined;
  private lagClock: NodeJS.Timeout | undefined;

  constructor(options: TourNewsOptions) {
    this.options = options;
    this.channels = new ChannelNews({ tell: (language) => this.tellChannel(language) });
  }

  start(): void {
    this.lagClock = setInterval(() => {
      for (const language of this.options.interpreted()) this.channels.changed(language);
      this.options.spend.look();
      this.spent();
    }, LAG_EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.counting);
    clearInterval(this.lagClock);
    this.channels.stop();
  }

  channelChanged(language: string): void {
    this.channels.changed(language);
  }

  attended(): void {
    this.counting ??= setTimeout(() => {
      this.counting = undefined;
      const { attendance, emit, languages } = this.options;
      for (const language of languages()) this.channels.changed(language);
      const news = attendance.takeNews();
      if (news) emit({ type: 'attendees', ...news });
    }, COUNT_EVERY_MS);
  }

  spent(): void {
    const { spend, spendView, emit } = this.options;
    if (spend.hasNews()) emit({ type: 'tour-changed', changes: { spend: spendView() } });
  }

  private tellChannel(language: string): void {
    const channel = this.options.channel(language);
    if (channel) this.options.emit({ type: 'channel', channel });
  }
}
