import type { FrameMs, SoundLevel } from './channel.ts';

/** With what a channel begins. */
export const USUAL_LEVEL = 2;

/** How a channel is encoded at a level. */
export interface SoundSetting {
  /** Bits per second. */
  readonly bitRate: number;
  /** At least so long; a channel that has longer ones by its setting keeps them. */
  readonly frameMs: FrameMs;
  /** What the copy of the frame before (in-band FEC, RFC 6716, 2.1.7) is measured for, %: the more, the better it is. */
  readonly expectedLoss: number;
}

/** docs/capacity.md has the table. 32 kbit/s: clear on phone earpieces, and a fifth of a packet's airtime at most. */
export const SOUND_SETTINGS: Readonly<Record<SoundLevel, SoundSetting>> = {
  1: { bitRate: 48_000, frameMs: 20, expectedLoss: 5 },
  2: { bitRate: 32_000, frameMs: 20, expectedLoss: 10 },
  3: { bitRate: 32_000, frameMs: 40, expectedLoss: 15 },
  4: { bitRate: 24_000, frameMs: 60, expectedLoss: 20 },
  5: { bitRate: 16_000, frameMs: 60, expectedLoss: 30 },
};

/** The length of a channel's frames at a level. */
export function frameMsAt(level: SoundLevel, usual: FrameMs): FrameMs {
  const { frameMs } = SOUND_SETTINGS[level];
  return frameMs > usual ? frameMs : usual;
}
