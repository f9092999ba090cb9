import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import { minutePrice, type Tokens, tokensPrice } from '../../openai/prices.ts';

const SAMPLES_PER_MINUTE = 60 * FLOOR_RATE;

export interface MeterOptions {
  readonly model: string;
  /** The model takes money by the minute of audio, or else by the token. */
  readonly byMinute: boolean;
  /** What captions the guide's own words; always by the minute. */
  readonly captionModel: string;
  /** US dollars. */
  readonly onSpent: (usd: number) => void;
}

/** What one interpreter's sessions cost, told as it arises. */
export class Meter {
  private readonly options: MeterOptions;
  private readonly perSample: number;
  private readonly captionsPerSample: number;

  constructor(options: MeterOptions) {
    const { model, byMinute, captionModel } = options;
    this.options = options;
    this.perSample = byMinute ? minutePrice(model) / SAMPLES_PER_MINUTE : 0;
    this.captionsPerSample = minutePrice(captionModel) / SAMPLES_PER_MINUTE;
  }

  /** Audio was sent, speech or silence, perhaps a second time: all of it is paid. */
  sent(samples: number, captionSource: boolean): void {
    const usd = samples * (this.perSample + (captionSource ? this.captionsPerSample : 0));
    if (usd > 0) this.options.onSpent(usd);
  }

  used(tokens: Tokens): void {
    const usd = tokensPrice(this.options.model, tokens);
    if (usd > 0) this.options.onSpent(usd);
  }
}
