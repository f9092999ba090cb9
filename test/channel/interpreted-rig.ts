import { afterEach } from 'vitest';
import type { FrameMs } from '../../appliance/channel/channel.ts';
import { InterpretedChannel } from '../../appliance/channel/interpreted-channel.ts';
import type { Floor } from '../../appliance/floor/floor.ts';
import { FrameLog, Humming, openFloor, strength } from './frame-log.ts';

export const GUIDE = 700;
export const MODEL = 1_700;

interface Rig {
  readonly floor: Floor;
  readonly channel: InterpretedChannel;
  readonly log: FrameLog;
  readonly states: string[];
}

export const undo: (() => void)[] = [];

afterEach(() => {
  for (const each of undo.splice(0)) each();
});

export function rig({
  underlay = 'quiet',
  frameMs = 60,
}: { underlay?: 'quiet' | 'off'; frameMs?: FrameMs } = {}): Rig {
  const floor = openFloor();
  const states: string[] = [];
  const channel: InterpretedChannel = new InterpretedChannel({
    language: 'es',
    floor,
    underlay: () => underlay,
    frameMs,
    onState: () => states.push(channel.state),
    onSinkError: () => undefined,
  });
  const log = new FrameLog();
  channel.subscribe(log);
  channel.start();
  undo.push(() => channel.stop());
  return { floor, channel, log, states };
}

export function hum(floor: Floor): Humming {
  const humming = new Humming(floor, GUIDE);
  undo.push(() => humming.stop());
  return humming;
}

/** Only time can show that nothing comes. */
export function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The loudness of the guide once it is steady: frames 8 to 16, about half a second on. */
export async function guideIn(log: FrameLog, from = 0): Promise<number> {
  await log.received(from + 16);
  return strength(log.sound(from + 8, from + 16), GUIDE);
}
