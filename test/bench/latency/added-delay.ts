import { setTimeout as delay } from 'node:timers/promises';
import type { BenchBox } from './bench-box.ts';
import type { Model } from './model.ts';
import { Phone } from './phone.ts';

const SHORTEST_MS = 60;
const LONGEST_MS = 400;
/** After a burst has been heard to its end: so long at least, and so much longer at random. */
const PAUSE_MS = 250;
const PHASE_MS = 180;
const PATIENCE_MS = 10_000;

export interface AddedDelay {
  /** While the guide speaks: the channel's clock runs, and the model's speech waits for its next tick. */
  readonly speaking: number[];
  /** While the guide is muted: the clock stands, and starts for the model's speech. */
  readonly silent: number[];
}

/**
 * From the model's message, given to the network, to the arrival of the first RTP packet in which it is heard: the
 * box's whole share, the loopback's two ways included. Bursts are apart, so nothing queues.
 */
export async function measureAddedDelay(
  box: BenchBox,
  model: Model,
  { bursts }: { bursts: number },
): Promise<AddedDelay> {
  const phone = new Phone();
  await phone.listen(box, 'es');
  await until(() => model.connected && phone.packets.length > 0);
  await delay(1_000);
  const speaking = await series(model, phone, bursts);
  await box.mute(true);
  await delay(1_500);
  const silent = await series(model, phone, bursts);
  await box.mute(false);
  await phone.hangUp();
  return { speaking, silent };
}

async function series(model: Model, phone: Phone, bursts: number): Promise<number[]> {
  const delays: number[] = [];
  for (let i = 0; i < bursts; i++) {
    await delay(PAUSE_MS + Math.random() * PHASE_MS);
    phone.packets.length = 0;
    const lengthMs = SHORTEST_MS + Math.round(Math.random() * (LONGEST_MS - SHORTEST_MS));
    const said = model.speak(lengthMs);
    const first = (): number | undefined =>
      phone.packets.find(({ at, translated }) => at > said && translated)?.at;
    await until(() => first() !== undefined);
    delays.push((first() ?? NaN) - said);
    await delay(lengthMs);
  }
  return delays;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('The phone does not hear what it should.');
    await delay(5);
  }
}
