import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { BenchBox } from './bench-box.ts';
import { Visitor } from './visitor.ts';

export interface FloorDelay {
  /** From a burst at the microphone until it is sound in the page, ms. */
  readonly inPage: number[];
  /** The same until the audio output, by the browser's own account. */
  readonly atOutput: number[];
  /** The same until the box has sent it. */
  readonly inBox: number[];
  /** The visits' means. */
  readonly jitterBuffer: number[];
  readonly outputLatencyMs: number;
  /** No clock of the browser's differs from the box's by more, ms. */
  readonly clocksWithinMs: number;
}

/** Each visit has its own connection, and so its own phase between the box's frames and the browser's. */
export async function measureFloorDelay(
  box: BenchBox,
  browser: Browser,
  { visits, listenMs }: { visits: number; listenMs: number },
): Promise<FloorDelay> {
  const inPage: number[] = [];
  const atOutput: number[] = [];
  const inBox: number[] = [];
  const jitterBuffer: number[] = [];
  let outputLatencyMs = 0;
  let clocksWithinMs = 0;
  for (let visit = 0; visit < visits; visit++) {
    const visitor = await Visitor.open(browser, box.visitorUrl);
    await visitor.hears();
    await delay(listenMs);
    const heard = await visitor.heard();
    const clocks = await visitor.clockDifference();
    await visitor.leave();
    for (const sound of heard.sounds) {
      if (sound.kind !== 'burst') continue;
      const burst = box.bursts.findLast(({ spokenAt }) => spokenAt < sound.at);
      if (!burst) continue;
      inPage.push(sound.at - burst.spokenAt);
      atOutput.push(sound.atOutput - burst.spokenAt);
      inBox.push(burst.sentAt - burst.spokenAt);
    }
    jitterBuffer.push(heard.jitterBufferMs);
    outputLatencyMs = heard.outputLatencyMs;
    clocksWithinMs = Math.max(clocksWithinMs, Math.abs(clocks.least), Math.abs(clocks.most));
  }
  return { inPage, atOutput, inBox, jitterBuffer, outputLatencyMs, clocksWithinMs };
}
