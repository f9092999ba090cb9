import { FLOOR_RATE } from './floor-frame.ts';
import { powerDb, SILENCE_DB } from './loudness.ts';

/** Ten readings a second: fast enough to look alive, slow enough for a WebSocket. */
const READING_SAMPLES = FLOOR_RATE / 10;
/** A microphone that is on but hears nothing hisses below this; speech at arm's length is 15 dB above. */
const HEARD_DB = -50;
/** Gaps between words shorter than this do not count as silence. */
const HANGOVER_READINGS = 4;

/** What the guide's level bar shows. Hot path: allocates nothing. */
export class LevelMeter {
  /** The last reading: root mean square and highest sample, dBFS, -100 to 0. */
  rmsDb = SILENCE_DB;
  peakDb = SILENCE_DB;
  /** There is sound in it now, or was within the last 400 ms. */
  heard = false;

  private sum = 0;
  private peak = 0;
  private count = 0;
  private hangover = 0;

  /** Takes the next samples, any number; true when the public fields hold a new reading. */
  measure(samples: Int16Array): boolean {
    for (const sample of samples) {
      const power = sample * sample;
      this.sum += power;
      if (power > this.peak) this.peak = power;
    }
    this.count += samples.length;
    if (this.count < READING_SAMPLES) return false;

    this.rmsDb = powerDb(this.sum / this.count);
    this.peakDb = powerDb(this.peak);
    this.hangover = this.rmsDb > HEARD_DB ? HANGOVER_READINGS : Math.max(0, this.hangover - 1);
    this.heard = this.hangover > 0;
    this.sum = 0;
    this.peak = 0;
    this.count = 0;
    return true;
  }

  /** Back to silence: the microphone was closed. */
  reset(): void {
    this.rmsDb = SILENCE_DB;
    this.peakDb = SILENCE_DB;
    this.heard = false;
    this.sum = 0;
    this.peak = 0;
    this.count = 0;
    this.hangover = 0;
  }
}
