import type { SoundLevel } from '../channel/channel.ts';
import { USUAL_LEVEL } from '../channel/sound-level.ts';
import type { AdaptationReason } from '../protocol/quality-view.ts';
import { median } from './score.ts';

/** One phone's latest verdict, as far as it concerns its channel. */
export interface Sample {
  readonly heardLoss: number;
  readonly packetLoss: number;
}

/** So few phones are no ground, and so small a part of those who listen. */
const LEAST_PHONES = 3;
const LEAST_SHARE = 0.5;
/** Median heard loss above which less is sent, and above which far less is. */
const LESS = 0.01;
const FAR_LESS = 0.04;
/** For so long, ms: two looks. */
const LOST_FOR_MS = 10_000;
/** Median losses below which more is sent. */
const CLEAN_HEARD = 0.002;
const CLEAN_PACKETS = 0.005;
/** For so long; doubled each time that more turned out to be too much, up to the longest, ms. */
const CLEAN_FOR_MS = 60_000;
const LONGEST_MS = 600_000;
/** More that is lost again so soon was too much, ms. */
const REGRET_MS = 120_000;

const LEVELS: readonly SoundLevel[] = [1, 2, 3, 4, 5];

/**
 * At which level one channel is sent: decided by the median of those who hear it, because all of them hear the same
 * encoding. Quick to send less, slow to send more, and slower each time that it was wrong. Times: ms of one clock.
 */
export class LevelControl {
  level: SoundLevel = USUAL_LEVEL;
  reason: AdaptationReason = 'usual';
  private lostSince: number | undefined;
  private cleanSince: number | undefined;
  private groundlessSince: number | undefined;
  private waitMs = CLEAN_FOR_MS;
  private raisedAt = -Infinity;

  /** @param listeners of the channel, whether there is a verdict on them or not */
  look(samples: readonly Sample[], listeners: number, now: number): void {
    const heardLoss = median(samples.map((sample) => sample.heardLoss));
    const packetLoss = median(samples.map((sample) => sample.packetLoss));
    const ground = samples.length >= LEAST_PHONES && samples.length >= listeners * LEAST_SHARE;
    if (!ground || heardLoss === undefined || packetLoss === undefined) {
      this.rest(now);
      return;
    }
    this.groundlessSince = undefined;
    this.lostSince = heardLoss > LESS ? (this.lostSince ?? now) : undefined;
    this.cleanSince =
      heardLoss < CLEAN_HEARD && packetLoss < CLEAN_PACKETS ? (this.cleanSince ?? now) : undefined;
    if (this.lostSince !== undefined && now - this.lostSince >= LOST_FOR_MS) {
      if (now - this.raisedAt < REGRET_MS) this.waitMs = Math.min(LONGEST_MS, this.waitMs * 2);
      this.move(heardLoss > FAR_LESS ? 2 : 1, 'loss');
    } else if (this.cleanSince !== undefined && now - this.cleanSince >= this.waitMs) {
      if (this.level > 1) this.raisedAt = now;
      this.move(-1, 'clean');
    }
  }

  /** Nobody speaks, or too few phones tell. After a minute of that a channel is as it began. */
  private rest(now: number): void {
    this.lostSince = undefined;
    this.cleanSince = undefined;
    this.groundlessSince ??= now;
    if (now - this.groundlessSince < CLEAN_FOR_MS || this.level === USUAL_LEVEL) return;
    this.level = USUAL_LEVEL;
    this.reason = 'usual';
  }

  private move(by: number, reason: AdaptationReason): void {
    this.lostSince = undefined;
    this.cleanSince = undefined;
    const level = LEVELS[Math.min(LEVELS.length, Math.max(1, this.level + by)) - 1];
    if (level === undefined || level === this.level) return;
    this.level = level;
    this.reason = reason;
  }
}
