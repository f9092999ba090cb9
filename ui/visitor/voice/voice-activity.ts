/** A pause that ends what somebody says, ms. */
const PAUSE_MS = 1_500;
/** A click or a cough is no word, ms. */
const WORD_MS = 120;
/** Who says nothing for so long has nothing to say, ms. */
const SILENCE_MS = 8_000;
/** How fast the place is taken to become louder, dB a second; quieter it is at once. */
const RISE_DB = 3;
/** The quietest place, and the loudest in which a voice is told from it, dBFS. */
const QUIETEST_DB = -70;
const LOUDEST_DB = -25;
/** By how much a voice stands above the place, dB, from the least sensitive to the most. */
const MARGINS_DB = [18, 14, 10, 7, 5] as const;

export const USUAL_SENSITIVITY = 2;
export const MOST_SENSITIVE = MARGINS_DB.length - 1;

/** `waiting`: for the first word. `over`: a pause has ended what was said. `silent`: nothing was said. */
export type Spoken = 'waiting' | 'speaking' | 'over' | 'silent';

/** Tells by loudness when somebody begins to speak and when they have done: against the noise of the place, which it follows. */
export class VoiceActivity {
  state: Spoken = 'waiting';
  private readonly marginDb: number;
  private placeDb: number | undefined;
  private at: number | undefined;
  private begun: number | undefined;
  private loudSince: number | undefined;
  private lastLoud = 0;

  /** @param sensitivity 0 to {@link MOST_SENSITIVE} */
  constructor(sensitivity: number) {
    this.marginDb = MARGINS_DB[sensitivity] ?? MARGINS_DB[USUAL_SENSITIVITY];
  }

  /** @param levelDb how loud it is, dBFS  @param now ms, of any clock that only goes forward */
  hear(levelDb: number, now: number): Spoken {
    this.begun ??= now;
    const loud = levelDb > this.follow(levelDb, now) + this.marginDb;
    if (loud) {
      this.loudSince ??= now;
      this.lastLoud = now;
      if (this.state === 'waiting' && now - this.loudSince >= WORD_MS) this.state = 'speaking';
    } else this.loudSince = undefined;
    if (this.state === 'speaking' && now - this.lastLoud >= PAUSE_MS) this.state = 'over';
    if (this.state === 'waiting' && now - this.begun >= SILENCE_MS) this.state = 'silent';
    return this.state;
  }

  private follow(levelDb: number, now: number): number {
    const risen = (this.placeDb ?? Infinity) + (RISE_DB * (now - (this.at ?? now))) / 1_000;
    this.at = now;
    // Whoever speaks at once is not the place: it begins no louder than a place may be.
    this.placeDb = Math.min(LOUDEST_DB, Math.max(QUIETEST_DB, Math.min(levelDb, risen)));
    return this.placeDb;
  }
}
