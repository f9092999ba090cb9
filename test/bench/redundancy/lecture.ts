import type { Channel, FrameMs } from '../../../appliance/channel/channel.ts';
import { FloorChannel } from '../../../appliance/channel/floor-channel.ts';
import { InterpretedChannel } from '../../../appliance/channel/interpreted-channel.ts';
import { Metronome } from '../../../appliance/channel/metronome.ts';
import { Floor } from '../../../appliance/floor/floor.ts';
import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES } from '../../../appliance/floor/floor-frame.ts';
import { REHEARSAL } from '../../e2e/box.ts';
import { wholeRecording } from '../../microphone/whole-recording.ts';
import { BareChannel } from './bare-channel.ts';

/** A frame of speech is louder than this, RMS; the pauses are left out: nothing can be missed in them. */
const VOICED = 300;
/** Translated speech in hand, frames: a translator's bursts never leave less. */
const AHEAD = 25;

/** Somebody speaks without drawing breath, on the product's channels and on two that protect nothing. */
export class Lecture {
  /** 20 ms frames. */
  readonly floor: Channel;
  readonly bareFloor: Channel;
  /** 60 ms frames. */
  readonly translated: Channel;
  readonly bareTranslated: Channel;
  private readonly speech: readonly Int16Array[];
  private readonly bus: Floor;
  private readonly interpreted: InterpretedChannel;
  private readonly metronome: Metronome;
  private at = 0;

  private constructor(speech: readonly Int16Array[]) {
    this.speech = speech;
    const shared = { language: 'en', onState: () => undefined, onSinkError: fail };
    this.bus = new Floor({ gated: false, onListenerError: fail });
    this.floor = new FloorChannel({ ...shared, floor: this.bus });
    this.interpreted = new InterpretedChannel({ ...shared, floor: this.bus, underlay: () => 'off' });
    this.translated = this.interpreted;
    const bare = (frameMs: FrameMs): Channel => new BareChannel({ floor: this.bus, frameMs });
    this.bareFloor = bare(20);
    this.bareTranslated = bare(60);
    this.metronome = new Metronome({ periodMs: FLOOR_FRAME_MS, tick: (due) => this.say(due) });
  }

  static async create(): Promise<Lecture> {
    const recording = await wholeRecording(REHEARSAL);
    const speech: Int16Array[] = [];
    for (let at = 0; at + FLOOR_FRAME_SAMPLES <= recording.length; at += FLOOR_FRAME_SAMPLES) {
      const samples = recording.subarray(at, at + FLOOR_FRAME_SAMPLES);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      if (Math.sqrt(power) > VOICED) speech.push(samples);
    }
    return new Lecture(speech);
  }

  start(): void {
    this.bus.open = true;
    for (const channel of this.channels) channel.start();
    this.interpreted.setSource('live');
    for (let i = 0; i < AHEAD; i++) this.interpreted.speak(this.next().slice());
    this.metronome.start();
  }

  stop(): void {
    this.metronome.stop();
    for (const channel of this.channels) channel.stop();
  }

  private get channels(): readonly Channel[] {
    return [this.floor, this.bareFloor, this.translated, this.bareTranslated];
  }

  private say(dueMs: number): void {
    const samples = this.next();
    this.bus.hear(samples, dueMs);
    this.interpreted.speak(samples.slice());
  }

  private next(): Int16Array {
    return this.speech[this.at++ % this.speech.length] ?? new Int16Array(FLOOR_FRAME_SAMPLES);
  }
}

function fail(error: unknown): never {
  throw error;
}
