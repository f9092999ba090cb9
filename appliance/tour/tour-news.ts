import type { Attendance } from './attendance.ts';
import type { Booths } from './booths.ts';
import { ChannelNews } from './channel-news.ts';
import type { Spend } from './spend.ts';
import type { TourEvent } from './tour-event.ts';

export interface TourNewsOptions {
  readonly attendance: Attendance;
  readonly spend: Spend;
  /** Which are made after it. */
  readonly booths: () => Booths;
  readonly isLive: () => boolean;
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
      const { booths, isLive, spend } = this.options;
      if (isLive()) for (const language of booths().live) this.channels.changed(language);
      spend.look();
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
      const { attendance, booths, emit } = this.options;
      for (const language of booths().channels) this.channels.changed(language);
      const news = attendance.takeNews();
      if (news) emit({ type: 'attendees', ...news });
    }, COUNT_EVERY_MS);
  }

  spent(): void {
    const { spend, emit } = this.options;
    if (spend.hasNews()) emit({ type: 'tour-changed', changes: { spend: spend.view() } });
  }

  private tellChannel(language: string): void {
    const channel = this.options.booths().view(language);
    if (channel) this.options.emit({ type: 'channel', channel });
  }
}
