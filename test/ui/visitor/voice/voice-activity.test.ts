import { expect } from '@open-wc/testing';
import {
  MOST_SENSITIVE,
  USUAL_SENSITIVITY,
  VoiceActivity,
  type Spoken,
} from '../../../../ui/visitor/voice/voice-activity.ts';
import { loudnessOf } from '../../../../ui/visitor/voice/voice-level.ts';

const STEP_MS = 50;

/** Hears `ms` of one loudness after the other. */
function hear(
  activity: VoiceActivity,
  ...parts: readonly (readonly [ms: number, levelDb: number])[]
): Spoken {
  let now = 0;
  for (const [ms, levelDb] of parts)
    for (const end = now + ms; now < end; now += STEP_MS) activity.hear(levelDb, now);
  return activity.state;
}

describe('voice activity', () => {
  it('ends what was said with a pause of one and a half seconds, and not with a shorter one', () => {
    const said = [
      [500, -60],
      [2_000, -25],
      [1_400, -60],
    ] as const;
    expect(hear(new VoiceActivity(USUAL_SENSITIVITY), ...said)).to.equal('speaking');
    expect(hear(new VoiceActivity(USUAL_SENSITIVITY), ...said, [1_000, -25], [1_400, -60])).to.equal(
      'speaking',
    );
    expect(hear(new VoiceActivity(USUAL_SENSITIVITY), ...said, [200, -60])).to.equal('over');
  });

  it('takes neither a click nor the noise of a street for a voice', () => {
    expect(hear(new VoiceActivity(USUAL_SENSITIVITY), [500, -60], [50, -10], [500, -60])).to.equal('waiting');
    expect(hear(new VoiceActivity(USUAL_SENSITIVITY), [3_000, -40])).to.equal('waiting');
    expect(hear(new VoiceActivity(USUAL_SENSITIVITY), [3_000, -40], [1_000, -20])).to.equal('speaking');
  });

  it('gives up on who says nothing', () => {
    expect(hear(new VoiceActivity(USUAL_SENSITIVITY), [8_100, -60])).to.equal('silent');
  });

  it('hears a low voice when it is sensitive, and only a loud one when it is not', () => {
    const low = [
      [500, -60],
      [1_000, -52],
    ] as const;
    expect(hear(new VoiceActivity(MOST_SENSITIVE), ...low)).to.equal('speaking');
    expect(hear(new VoiceActivity(0), ...low)).to.equal('waiting');
  });

  it('measures loudness as the root mean square, in dBFS', () => {
    expect(loudnessOf(new Float32Array(100).fill(0.1))).to.be.closeTo(-20, 0.01);
    expect(loudnessOf(new Float32Array(100))).to.equal(-100);
  });
});
