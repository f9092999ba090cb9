/** Half a second of frames. */
const BUCKET_FRAMES = 25;
/** Four seconds: nobody speaks that long without a dip between words. */
const BUCKETS = 8;
/** Until something is heard: a normal room. */
const ASSUMED_DB = -45;
const LOWEST_DB = -75;
/** Share of the newest frame in the smoothed level: about 100 ms. */
const SMOOTHING = 0.25;

/** How loud the place is when nobody speaks: the lowest smoothed level of the last four seconds, dBFS. */
export class NoiseFloor {
  private readonly lowest = new Float32Array(BUCKETS).fill(Infinity);
  private bucket = 0;
  private frames = 0;
  private smoothed = ASSUMED_DB;
  private full = false;

  /** Takes the level of one more frame and returns the floor. */
  update(db: number): number {
    this.smoothed += SMOOTHING * (db - this.smoothed);
    if (this.frames === BUCKET_FRAMES) {
      this.frames = 0;
      this.bucket = (this.bucket + 1) % BUCKETS;
      this.full ||= this.bucket === 0;
      this.lowest[this.bucket] = Infinity;
    }
    this.frames += 1;
    this.lowest[this.bucket] = Math.min(this.lowest[this.bucket] ?? Infinity, this.smoothed);
    return this.level;
  }

  get level(): number {
    let lowest = this.full ? Infinity : ASSUMED_DB;
    for (const level of this.lowest) lowest = Math.min(lowest, level);
    return Math.max(LOWEST_DB, lowest);
  }
}
