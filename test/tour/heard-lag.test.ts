import { afterEach, expect, test } from 'vitest';
import { InterpretedChannel } from '../../appliance/channel/interpreted-channel.ts';
import { silentLog } from '../../appliance/log.ts';
import { Booth } from '../../appliance/tour/booth.ts';
import { FrameLog, openFloor, strength, tone } from '../channel/frame-log.ts';
import { cleanUp, engineFor, serve } from '../interpreter/openai/rig.ts';

const GUIDE = 700;
const MODEL = 1_700;
const SPEAKS_MS = 1_400;
const EVERY_MS = 5_000;
const TIMES = 4;
/** What the figure counts for the way from the channel to the ear, ms. */
const PHONE_MS = 150;
const TOLERANCE_MS = 1_000;

const undo: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0)) await each();
  await cleanUp();
});

test('the lag that is shown is the lag that is heard, and does not flicker', async () => {
  const server = await serve({ lagMs: 1_200, paceMs: 200, tone: () => MODEL });
  const floor = openFloor();
  const channel = new InterpretedChannel({
    language: 'es',
    floor,
    underlay: () => 'off',
    onState: () => undefined,
    onSinkError: () => undefined,
  });
  const log = new FrameLog();
  channel.subscribe(log);
  const engine = engineFor(server.url);
  const booth = new Booth({
    tour: 't',
    from: 'en',
    floor,
    channel,
    interpreting: () => ({ create: (request) => engine.create(request), outlook: () => ({ by: 'model' }) }),
    glossary: () => [],
    lingerMs: 0,
    now: Date.now,
    onChange: () => undefined,
    onCaption: () => undefined,
    onSpent: () => undefined,
    log: silentLog(),
  });
  booth.start();
  undo.push(() => booth.stop());
  booth.demand(true);

  const shown: number[] = [];
  const begins = performance.now() + 2_000;
  await speak(
    (at) => {
      if (shown.at(-1) !== booth.view().lagMs) shown.push(booth.view().lagMs);
      const into = (at - begins) % EVERY_MS;
      floor.hear(at > begins && into < SPEAKS_MS ? tone(GUIDE, 20) : new Int16Array(480), at);
    },
    begins + TIMES * EVERY_MS,
  );

  const heard = log.frames.flatMap(({ at }, i) => (strength(log.sound(i, i + 1), MODEL) > 0.05 ? [at] : []));
  const lags = Array.from({ length: TIMES }, (_, i) => {
    const from = begins + i * EVERY_MS;
    const answer = heard.filter((at) => at > from && at < from + EVERY_MS);
    return ((answer[0] ?? NaN) - from + (answer.at(-1) ?? NaN) - from - SPEAKS_MS) / 2;
  });
  const truth = lags.reduce((sum, lag) => sum + lag, 0) / TIMES + PHONE_MS;
  console.log(`heard ${truth.toFixed(0)} ms behind, shown ${shown.join(', ')}`);
  expect(Math.abs((shown.at(-1) ?? 0) - truth)).toBeLessThan(TOLERANCE_MS);
  expect(shown.length, 'nothing, and then hardly more than one figure').toBeLessThanOrEqual(3);
}, 60_000);

/** A microphone by the clock, until then: calls with the time of each frame of 20 ms. */
function speak(frame: (at: number) => void, until: number): Promise<void> {
  let due = performance.now();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      for (; due <= performance.now(); due += 20) frame(due);
      if (due < until) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
}
