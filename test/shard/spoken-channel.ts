import { setTimeout } from 'node:timers/promises';
import type { Channel, FrameSink, SoundLevel } from '../../appliance/channel/channel.ts';
import { USUAL_LEVEL } from '../../appliance/channel/sound-level.ts';
import type { Packet } from '../peer/phone-client.ts';

/** A channel that says its frames when it is told to: a number each, so that a phone can tell what it missed. */
export class SpokenChannel implements Channel {
  readonly language = 'en';
  readonly state = 'live';
  readonly queuedMs = 0;
  readonly soundingMs = 0;
  level: SoundLevel = USUAL_LEVEL;
  spoken = 0;
  private readonly sinks = new Set<FrameSink>();

  get listeners(): number {
    return this.sinks.size;
  }

  sounded(): boolean {
    return false;
  }

  subscribe(sink: FrameSink): () => void {
    this.sinks.add(sink);
    return () => {
      this.sinks.delete(sink);
    };
  }

  announce(): void {
    // Nothing is read here.
  }

  cut(): void {
    // The same.
  }

  start(): void {
    // It waits to be told.
  }

  stop(): void {
    this.sinks.clear();
  }

  /** One frame of 20 ms. */
  say(): void {
    const payload = Buffer.alloc(40, 0xf8);
    payload.writeUInt32BE(++this.spoken, 1);
    const timestamp = this.spoken * 960;
    for (const sink of this.sinks) sink.deliver({ payload, timestamp, duration: 960, marker: false });
  }

  /** A frame every 20 ms, until it is as it should be. */
  async sayUntil(condition: () => boolean): Promise<void> {
    while (!condition()) {
      this.say();
      await setTimeout(20);
    }
  }
}

/** The numbers of the frames in the packets. */
export function numbersOf(packets: readonly Packet[]): number[] {
  return packets.map(({ payload }) => payload.readUInt32BE(1));
}

/** Whether each number is the one after the number before, as 16 bits count. */
export function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || (number - (numbers[i - 1] ?? 0) + 2 ** 16) % 2 ** 16 === 1);
}
