import type { Channel } from '../channel/channel.ts';
import type { ChannelQuality } from '../protocol/quality-view.ts';
import type { Tour } from '../tour/tour.ts';
import { LevelControl, type Sample } from './level-control.ts';
import { median, roundedShare } from './score.ts';

export interface ChannelLevelsOptions {
  readonly tour: Tour;
  /** The latest verdicts on those who hear a language. */
  readonly samples: (language: string) => readonly Sample[];
}

/** At which level each channel of a tour is sent. */
export class ChannelLevels {
  private readonly options: ChannelLevelsOptions;
  /** A language that is opened anew begins anew. */
  private readonly controls = new WeakMap<Channel, LevelControl>();

  constructor(options: ChannelLevelsOptions) {
    this.options = options;
  }

  /** @param now ms of `performance.now()` */
  look(now: number): void {
    const { tour, samples } = this.options;
    for (const channel of this.channels()) {
      const control = this.controlOf(channel);
      control.look(samples(channel.language), tour.attendance.listeners(channel.language), now);
      channel.level = control.level;
    }
  }

  views(): ChannelQuality[] {
    return this.channels().map((channel) => {
      const { language } = channel;
      const { level, reason } = this.controlOf(channel);
      const losses = this.options.samples(language).map(({ heardLoss }) => heardLoss);
      return {
        language,
        level,
        reason,
        phones: losses.length,
        heardLoss: roundedShare(median(losses) ?? 0),
      };
    });
  }

  private channels(): Channel[] {
    const { tour } = this.options;
    return tour.record.state === 'ended'
      ? []
      : tour.view().channels.map(({ language }) => tour.channel(language));
  }

  private controlOf(channel: Channel): LevelControl {
    const known = this.controls.get(channel);
    if (known) return known;
    const control = new LevelControl();
    this.controls.set(channel, control);
    return control;
  }
}
