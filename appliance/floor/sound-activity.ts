import { FLOOR_FRAME_MS } from './floor-frame.ts';
import { HighPass } from './high-pass.ts';
import { powerDb } from './loudness.ts';
import { Pitch } from './pitch.ts';

/** Louder than this, dBFS, is heard whatever it is: a waterfall to which the guide lets everyone listen. */
const LOUD_DB = -40;
/** Above the noise by this much: something begins. Noise strays less from one frame to the next. */
const ONSET_DB = 6;
/** Above it by this much on the average of 100 ms: something quiet goes on. */
const QUIET_DB = 3;
const SMOOTHING = FLOOR_FRAME_MS / 100;
/** Below this, dBFS, is no noise of a place, but the last bits of a converter. */
const NOTHING_DB = -85;
/** The noise is the quietest 100 ms of the last four seconds, in pieces: nobody talks that long without a gap. */
const PIECE_FRAMES = 500 / FLOOR_FRAME_MS;
const PIECES = 8;
/** A chord that is held is as steady as noise, but repeats itself. Fainter than this, dBFS, microphones whine. */
const PITCHED = 0.35;
const FAINTEST_PITCH_DB = -65;
/** Over 400 ms: a single frame of noise may repeat itself by chance. */
const PITCH_SMOOTHING = FLOOR_FRAME_MS / 400;

/**
 * Tells whether there is anything to hear: whatever is more than the steady noise of the place and of the
 * microphone. Unlike `VoiceActivity` it answers in the very frame in which something begins, and in doubt with yes.
 * Hot path: allocates nothing.
 */
export class SoundActivity {
  private readonly highPass = new HighPass();
  private readonly pitch = new Pitch();
  private readonly quietest = new Float32Array(PIECES);
  private piece = 0;
  private frames = 0;
  private smoothed: number | undefined;
  private pitched = 1;

  /** Takes one frame of 20 ms, 480 samples. */
  hear(samples: Int16Array): boolean {
    const db = powerDb(this.highPass.filter(samples));
    this.pitch.hear(this.highPass.samples);
    const smoothed = (this.smoothed ?? db) + SMOOTHING * (db - (this.smoothed ?? db));
    this.smoothed = smoothed;
    const noise = Math.max(NOTHING_DB, this.learnNoise(smoothed));
    if (db > LOUD_DB || db > noise + ONSET_DB || smoothed > noise + QUIET_DB) {
      this.pitched = 1;
      return true;
    }
    this.pitched += PITCH_SMOOTHING * (this.pitch.strength - this.pitched);
    return this.pitched > PITCHED && db > FAINTEST_PITCH_DB;
  }

  private learnNoise(db: number): number {
    if (this.frames === PIECE_FRAMES) {
      this.frames = 0;
      this.piece = (this.piece + 1) % PIECES;
    }
    const { quietest, piece } = this;
    quietest[piece] = this.frames === 0 ? db : Math.min(quietest[piece] ?? db, db);
    this.frames++;
    let least = db;
    for (let i = 0; i < PIECES; i++) least = Math.min(least, quietest[i] ?? db);
    return least;
  }
}
