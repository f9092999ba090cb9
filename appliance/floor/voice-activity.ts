import { FLOOR_FRAME_MS } from './floor-frame.ts';
import { HighPass } from './high-pass.ts';
import { powerDb, SILENCE_DB } from './loudness.ts';

/** Shorter bursts are knocks and clicks, not speech. */
const ATTACK_FRAMES = 60 / FLOOR_FRAME_MS;
/** How far above the noise speech begins, and how far it may sink before it counts as noise again, dB. */
const ONSET_DB = 10;
const RELEASE_DB = 7;
/** Whatever the noise: nothing quieter than this, dBFS, is a guide talking into a microphone. */
const FAINTEST_DB = -52;
/**
 * The noise is the quietest frame of this long a stretch. Even fast talkers leave a gap between syllables in
 * it, so speech does not pass for noise; noise that begins is known as such when the stretch is over.
 */
const STRETCH_FRAMES = 1_500 / FLOOR_FRAME_MS;

/** How long `voiced` stays after the last speech: the gaps within a sentence, ms. */
export const VOICE_HANGOVER_MS = 600;

/**
 * Tells whether the guide is speaking, by energy against the noise around them. Made for pausing and cutting
 * where nobody speaks, not for telling speech from music. Hot path: allocates nothing.
 */
export class VoiceActivity {
  /** Speech now, or within the hangover. */
  voiced = false;
  /** Of the last frame, above the rumble, dBFS; and what it had to be louder than to count as speech. */
  db = SILENCE_DB;
  thresholdDb = 0;

  private readonly highPass = new HighPass();
  private readonly hangoverFrames: number;
  /** Frames above the threshold in a row. */
  private loud = 0;
  private hangover = 0;
  private quietestNow = 0;
  private quietestBefore = 0;
  private stretch = 0;

  constructor({ hangoverMs = VOICE_HANGOVER_MS }: { hangoverMs?: number } = {}) {
    this.hangoverFrames = Math.round(hangoverMs / FLOOR_FRAME_MS);
  }

  /** Takes one frame of 20 ms, 480 samples; returns `voiced`. */
  hear(samples: Int16Array): boolean {
    const db = powerDb(this.highPass.filter(samples));
    this.learnNoise(db);
    const noise = Math.min(this.quietestNow, this.quietestBefore);
    const threshold = Math.max(FAINTEST_DB, noise + (this.voiced ? RELEASE_DB : ONSET_DB));

    this.db = db;
    this.thresholdDb = threshold;
    this.loud = db > threshold ? this.loud + 1 : 0;
    if (this.loud >= ATTACK_FRAMES || (this.voiced && this.loud > 0)) {
      this.voiced = true;
      this.hangover = this.hangoverFrames;
    } else if (this.hangover > 0) {
      this.hangover--;
    } else {
      this.voiced = false;
    }
    return this.voiced;
  }

  private learnNoise(db: number): void {
    if (this.stretch === STRETCH_FRAMES) {
      this.quietestBefore = this.quietestNow;
      this.quietestNow = db;
      this.stretch = 0;
    } else {
      this.quietestNow = Math.min(this.quietestNow, db);
    }
    this.stretch++;
  }
}
