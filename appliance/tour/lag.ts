import { VOICE_HANGOVER_MS } from '../floor/voice-activity.ts';
import { LagFigures } from './lag-figures.ts';

/** A gap in the voice that is longer than this is a pause of the guide: the hangover of the voice comes before it, ms. */
const GAP_MS = 200;
/** Speech that comes this long after the last is a new piece: models deliver a sentence in one go, ms. */
const PIECE_GAP_MS = 300;
/** Nothing is heard and nothing comes for this long: all that was said has been answered, ms. */
const REST_MS = 1_000;
/** What is answered later than this was not answered at all, ms. */
const LONGEST_MS = 20_000;
/** A pause that is answered is only believed if the model took about as long as before. */
const LIKELY = 0.4;
const MOST_ONSETS = 8;
/** From the channel's clock to the ear: half a frame, the network, a phone's jitter buffer, its sound card, ms. */
const PHONE_MS = 150;
/** The figure that is shown stays until it is wrong by this much: nobody can read one that flickers, ms. */
const SHOWN_STEP_MS = 500;

/**
 * How far behind the guide a translation is: from a word spoken to the same word heard.
 *
 * Nobody tells which word is which, so it is put together from what can be timed: the model's delay, from the guide's
 * first word after a pause to the model's first sound after one; and how long each piece of speech then waits until
 * the channel has got to it. When everything has been answered, the last word tells as well: from the guide falling silent to
 * the translation doing so. Each of these is a sample; half of the way to it is gone at once.
 *
 * Its error: what a phone adds is a constant here; a model whose delay changes in the middle of a speech without
 * pauses is noticed at the next pause; while a backlog grows the figure is a piece of speech behind.
 * Within a second of the truth in both shapes that models have: a sentence at a time, and continuous.
 */
export class Lag {
  readonly figures = new LagFigures();
  private lastVoiceAt = -Infinity;
  private lastSpeechAt = -Infinity;
  /** When the guide began to speak after a pause; not answered yet. */
  private readonly onsets: number[] = [];
  private rested = true;
  private modelMs: number | undefined;
  private smoothedMs: number | undefined;
  private shownMs = 0;

  get ms(): number {
    return this.shownMs;
  }

  /**
   * The guide is speaking.
   * @param now ms of `performance.now()`
   * @param heardAt when the translation was last heard
   */
  voiced(now: number, heardAt: number): void {
    if (now - this.lastVoiceAt > GAP_MS) {
      if (now - heardAt > REST_MS && now - this.lastSpeechAt > REST_MS) this.rest(heardAt);
      this.onsets.push(now);
      if (this.onsets.length > MOST_ONSETS) this.onsets.shift();
    }
    this.lastVoiceAt = now;
  }

  /** The interpreter has delivered sound. @returns what to call once its beginning is heard, if that is worth knowing. */
  spoken(now: number): ((heardAt: number) => void) | undefined {
    const begins = now - this.lastSpeechAt >= PIECE_GAP_MS;
    this.lastSpeechAt = now;
    if (!begins) return undefined;
    this.answer(now);
    const { modelMs } = this;
    return modelMs === undefined ? undefined : (heardAt) => this.sample(modelMs + heardAt - now, heardAt);
  }

  private answer(now: number): void {
    const { onsets, modelMs } = this;
    const at =
      this.rested || modelMs === undefined
        ? onsets.findIndex((onset) => now - onset < LONGEST_MS)
        : onsets.findIndex((onset) => Math.abs(now - onset - modelMs) <= LIKELY * modelMs);
    const onset = onsets[at];
    if (onset === undefined) return;
    onsets.splice(0, at + 1);
    this.rested = false;
    this.modelMs = modelMs === undefined ? now - onset : (modelMs + now - onset) / 2;
  }

  private rest(heardAt: number): void {
    const silentAt = this.lastVoiceAt - VOICE_HANGOVER_MS;
    // A translation that was over before the guide was is no answer to the last word.
    if (!this.rested && heardAt > silentAt) this.sample(heardAt - silentAt, heardAt);
    this.rested = true;
    this.onsets.length = 0;
  }

  private sample(channelMs: number, at: number): void {
    const ms = channelMs + PHONE_MS;
    this.figures.add(ms, at);
    this.smoothedMs = this.smoothedMs === undefined ? ms : (this.smoothedMs + ms) / 2;
    if (Math.abs(this.smoothedMs - this.shownMs) >= SHOWN_STEP_MS) this.shownMs = this.smoothedMs;
  }
}
