import { Encoder } from '@evan/opus';
import { PhoneClient } from '../peer/phone-client.ts';

const FRAME = 960;

/** A phone that sends a tone for as long as it is told to, and else silence, 20 ms every 20 ms. */
export class TalkingPhone {
  readonly client = new PhoneClient({ direction: 'sendonly' });
  /** Hz; 0: silence. */
  hz = 0;
  amplitude = 0.3;
  private readonly encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'audio' });
  private readonly frame = new Int16Array(FRAME);
  private at = 0;
  private due = 0;
  private timer: NodeJS.Timeout | undefined;

  start(): void {
    this.due = performance.now();
    this.timer = setInterval(() => {
      for (; this.due <= performance.now(); this.due += 20) this.send();
    }, 5);
  }

  /** Nothing more comes, as from a phone without power. */
  stop(): void {
    clearInterval(this.timer);
  }

  async close(): Promise<void> {
    this.stop();
    await this.client.close();
  }

  private send(): void {
    for (let i = 0; i < FRAME; i++)
      this.frame[i] =
        this.hz === 0
          ? 0
          : this.amplitude * 32_767 * Math.sin((2 * Math.PI * this.hz * (this.at + i)) / 48_000);
    this.at += FRAME;
    this.client.send(this.encoder.encode(this.frame)).catch(() => undefined);
  }
}
