import type { VoiceActivity } from './voice-activity.ts';

/** What phones with gain control make of somebody who speaks into them, dBFS: until more is known. */
const ASSUMED_DB = -22;
/** How fast an asker's loudness is forgotten in pauses, dB a frame: 3 dB a second. */
const FORGET_DB = 0.06;
/** Softer than this, dBFS, no asker is taken to be: the guide's microphone hears them before their phone's sound comes. */
const SOFTEST_DB = -28;
/**
 * An asker a step away is as much softer in the guide's microphone than in their own: so much louder than that is the
 * guide. Where the guide's own loudness is known, it says more, and this is only the least.
 */
const BELOW_ASKER_DB = 12;
const FAR_BELOW_ASKER_DB = 24;
/**
 * And softer than the guide, who wears it: somebody two steps away is softer by 20 dB. Read speech passes 14 dB below its
 * loudest frames within 160 ms of an onset, and never does so when it is 20 dB softer.
 */
const BELOW_USUAL_DB = 14;
/** How fast the loudest frames are forgotten while the guide speaks, dB a frame: 2 dB a second. */
const FORGET_USUAL_DB = 0.04;
/** A loud frame counts two, one that is not takes one away: with so many it is speech, after 60 ms at the soonest. */
const ENOUGH = 5;
const LOUD = 2;

/**
 * Tells whether the guide begins to speak while a visitor is heard. The guide's microphone hears that visitor too, through
 * the air, and even before their phone's sound has come: so what counts is the guide's loudness beside the asker's own, and
 * beside what the guide's microphone usually gives when the guide speaks. Hot path: allocates nothing.
 */
export class BargeIn {
  private askerDb = ASSUMED_DB;
  private usualDb: number | undefined;
  private score = 0;

  /** Another voice begins to be heard. */
  begin(): void {
    this.askerDb = ASSUMED_DB;
    this.score = 0;
  }

  /** A frame of the guide's, while only the guide is heard. */
  learn({ voiced, db, thresholdDb }: VoiceActivity): void {
    if (!voiced || db <= thresholdDb) return;
    this.usualDb = Math.max(db, (this.usualDb ?? db) - FORGET_USUAL_DB);
  }

  /** A frame of the asker's, from their own phone. */
  hearAsker(db: number): void {
    this.askerDb = Math.max(SOFTEST_DB, db, this.askerDb - FORGET_DB);
  }

  /** A frame of the guide's microphone meanwhile. @returns whether the guide speaks. */
  hearGuide({ db, thresholdDb }: VoiceActivity): boolean {
    const { askerDb, usualDb } = this;
    const least =
      usualDb === undefined
        ? askerDb - BELOW_ASKER_DB
        : Math.max(usualDb - BELOW_USUAL_DB, askerDb - FAR_BELOW_ASKER_DB);
    const loud = db > Math.max(least, thresholdDb);
    this.score = loud ? Math.min(ENOUGH, this.score + LOUD) : Math.max(0, this.score - 1);
    return this.score >= ENOUGH;
  }
}
