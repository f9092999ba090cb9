import { setTimeout as wait } from 'node:timers/promises';
import type { Ear } from './ear.ts';
import type { Place, Street } from './street.ts';

/** From `backAt` on sound can come; ms since the epoch. */
interface Staged {
  readonly backAt: number;
  /** The first energy from here on is the sound that is back. */
  readonly from: number;
}

interface Stage {
  readonly street: Street;
  readonly ear: Ear;
  /** Kills the box and starts it again. @returns when its process began, ms since the epoch. */
  readonly restartBox: () => Promise<number>;
}

/** What is done to a visitor who hears, and undone. */
export type Mishap = (stage: Stage, turn: number) => Promise<Staged>;

/** At the phone, which notices, and beyond the access point, in turns. */
const placeOf = (turn: number): Place => (turn % 2 === 0 ? 'phone' : 'beyond');

export const outage =
  (ms: number): Mishap =>
  async ({ street }, turn) => {
    const place = placeOf(turn);
    street.pull(place);
    await wait(ms);
    street.plug(place);
    const backAt = Date.now();
    return { backAt, from: backAt };
  };

export const addressChange: Mishap = async ({ street }) => {
  street.loseAddress();
  await wait(2_000);
  street.findAddress();
  const backAt = Date.now();
  return { backAt, from: backAt };
};

/** The phone lets go of one access point and is half a second later with the other. */
export const roaming: Mishap = async ({ street }) => {
  street.pull('phone');
  street.roam();
  await wait(500);
  street.plug('phone');
  const backAt = Date.now();
  return { backAt, from: backAt };
};

/** In mid-tour: the time counts from the last sound. */
export const udpBlocked: Mishap = async ({ street, ear }) => {
  const cutAt = Date.now();
  street.blockUdp();
  const silentAt = (await ear.fallsSilent(cutAt, { ms: 300, patienceMs: 5_000 })) ?? cutAt;
  return { backAt: silentAt, from: silentAt + 100 };
};

export const restart: Mishap = async ({ restartBox, ear }) => {
  const startedAt = await restartBox();
  // What the phone had of the old one is played to its end.
  const silentAt = (await ear.fallsSilent(startedAt - 1_000, { ms: 200, patienceMs: 3_000 })) ?? startedAt;
  return { backAt: startedAt, from: Math.max(silentAt, startedAt) + 300 };
};
