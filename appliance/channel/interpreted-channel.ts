import type { Floor } from '../floor/floor.ts';
import { FLOOR_FRAME_MS, FLOOR_RATE, type FloorFrame } from '../floor/floor-frame.ts';
import { holdsSound } from '../floor/loudness.ts';
import type { ChannelState } from '../protocol/views.ts';
import { ChannelReading } from './channel-reading.ts';
import {
  type Channel,
  type FrameMs,
  type FrameSink,
  mediaTime,
  type ReadingEvents,
  type SoundLevel,
} from './channel.ts';
import { FanOut } from './fan-out.ts';
import { Metronome } from './metronome.ts';
import { OpusEncoder } from './opus-encoder.ts';
import { USUAL_LEVEL } from './sound-level.ts';
import { TranslatedVoice } from './translated-voice.ts';
import { Underlay } from './underlay.ts';

/** Where this channel's sound comes from; the tour decides. */
export type ChannelSource = ChannelState;

export interface InterpretedChannelOptions {
  readonly language: string;
  readonly floor: Floor;
  /** Whether the guide is heard quietly while the translation is on its way, and very quietly under it. */
  readonly underlay: () => 'quiet' | 'off';
  readonly onState: () => void;
  readonly onSinkError: (error: unknown) => void;
  /** Something of these sentences will not be heard: the voice was too far behind. */
  readonly onSkipped?: (sentences: readonly string[]) => void;
  /** Beside a model's seconds nobody hears 40 ms more: 60 ms. */
  readonly frameMs?: FrameMs;
}

/** The guide's loudness while the translation is on its way, and under it: -10 dB and -24 dB. */
const WAITING_GAIN = 0.32;
const UNDER_GAIN = 0.06;
/** Guide's speech without any translation: by then it is taken to be in the visitor's language already. */
const PASSTHROUGH_AFTER_MS = 8_000;
/** A longer pause within a translation is its end for now: models send silence while they have nothing to say. */
const LONGEST_PAUSE_MS = 600;
/** Later than this and the stream has had a gap; less is the timer's own jitter: 20 ms. */
const MAX_STRAY = 960;
/** Silent frames sent before the channel falls quiet, so that a phone fades out instead of inventing sound. */
const CLOSING_FRAMES = 3;
/** Quiet ticks after which floor sound that still waits is too little to be heard, and the clock stops: 9 frames. */
const GIVE_UP_FRAMES = 9;
/** Between two words there is less; a reading does not begin there. */
const PAUSE_MS = 300;
/** During a reading the translation waits, as long as it is not more than this, ms: it is made up for afterwards. */
const MOST_HELD_MS = 8_000;

/**
 * A translated language. Bursts of speech go in, one steady stream of frames comes out, encoded once. When there is
 * no translation the guide's own voice takes its place: a visitor never hears nothing while the guide speaks.
 */
export class InterpretedChannel implements Channel {
  readonly language: string;
  level: SoundLevel = USUAL_LEVEL;
  private readonly options: InterpretedChannelOptions;
  private readonly fanOut: FanOut;
  private readonly encoder: OpusEncoder;
  private readonly voice: TranslatedVoice;
  private readonly underlay = new Underlay();
  private readonly reading = new ChannelReading();
  private readonly metronome: Metronome;
  private mix: Int16Array;
  private unsubscribe: (() => void) | undefined;
  private source: ChannelSource = 'silent';
  private untranslatedMs = 0;
  private speaking = false;
  /** How long ago the translation was last heard. */
  private pausedMs = Infinity;
  private soundAt = -Infinity;
  private quietTicks = CLOSING_FRAMES;
  /** Of what follows the last frame. */
  private timestamp = 0;

  constructor(options: InterpretedChannelOptions) {
    const frameMs = options.frameMs ?? 60;
    this.options = options;
    this.language = options.language;
    this.voice = new TranslatedVoice({ onSkipped: options.onSkipped });
    this.encoder = new OpusEncoder({ frameMs });
    this.mix = new Int16Array((frameMs * FLOOR_RATE) / 1000);
    this.fanOut = new FanOut({ onSinkError: options.onSinkError });
    this.metronome = new Metronome({ periodMs: frameMs, tick: (due) => this.tick(due) });
  }

  get state(): ChannelState {
    return this.source;
  }

  get queuedMs(): number {
    return this.voice.queuedMs;
  }

  /** How much faster than the model made it the translation is heard, 1 to 1.25. */
  get tempo(): number {
    return this.voice.tempo;
  }

  /** Sentences of which something was not heard, since the start. */
  get skipped(): number {
    return this.voice.skipped;
  }

  /** When the translation was last heard, ms of `performance.now()`. */
  get heardAt(): number {
    return this.soundAt;
  }

  /** Speech dropped because the model ran too far ahead of what can be heard, ms since the start. */
  get droppedMs(): number {
    return this.voice.droppedMs;
  }

  get soundingMs(): number {
    return this.fanOut.soundingMs;
  }

  sounded(from: number, to: number): boolean {
    return this.fanOut.sounded(from, to);
  }

  subscribe(sink: FrameSink): () => void {
    return this.fanOut.subscribe(sink);
  }

  start(): void {
    if (this.unsubscribe) return;
    const { floor } = this.options;
    const undos = [
      floor.subscribeGated((frame) => this.hear(frame)),
      floor.subscribeInterruptions(() => this.interrupt()),
    ];
    this.unsubscribe = () => undos.forEach((undo) => undo());
  }

  stop(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.metronome.stop();
    this.voice.clear();
    this.reading.drop();
  }

  /** What has been said already is still heard: a guide pauses before the last sentence is translated. */
  setSource(source: ChannelSource): void {
    if (source === this.source) return;
    this.source = source;
    this.untranslatedMs = 0;
    this.options.onState();
  }

  /**
   * Speech from the interpreter: mono, 24 kHz, any length, at any rate. Takes the buffer over.
   * @param onHeard called when its beginning is heard, with ms of `performance.now()`
   */
  speak(samples: Int16Array, onHeard?: (at: number) => void): void {
    if (!this.unsubscribe) return;
    if (holdsSound(samples)) this.untranslatedMs = 0;
    this.voice.push(samples, onHeard);
    this.metronome.start();
  }

  /** What is still to come of the translation is not wanted any more. */
  interrupt(): void {
    this.voice.interrupt();
  }

  /** The first word of a sentence was written; its sound comes about now. */
  begin(sentence: string): void {
    if (this.unsubscribe) this.voice.begin(sentence);
  }

  announce(samples: Int16Array, events?: ReadingEvents): void {
    if (!this.unsubscribe) return events?.onEnd?.('cut');
    this.reading.begin(samples, events);
    this.metronome.start();
  }

  cut(): void {
    this.reading.cut();
  }

  private hear(frame: FloorFrame): void {
    this.reading.hear(this.options.floor.voiced);
    if (frame.blank || this.source === 'silent') return;
    if (this.options.floor.voiced) this.untranslatedMs += FLOOR_FRAME_MS;
    if (this.gain() === 0) return;
    this.underlay.hear(frame.samples);
    this.metronome.start();
  }

  private gain(): number {
    const quiet = this.options.underlay() === 'quiet';
    if (this.speaking || this.reading.heard) return quiet ? UNDER_GAIN : 0;
    if (this.source !== 'live' || this.untranslatedMs >= PASSTHROUGH_AFTER_MS) return 1;
    return quiet ? WAITING_GAIN : 0;
  }

  /** The length of a frame on the media clock. */
  private get duration(): number {
    return this.mix.length * 2;
  }

  /** The next frame may be longer or shorter than the one before. */
  private adapt(): void {
    if (this.level === this.encoder.level) return;
    this.encoder.level = this.level;
    const { frameMs } = this.encoder;
    if (frameMs * 48 !== this.duration) this.mix = new Int16Array((frameMs * FLOOR_RATE) / 1000);
    this.metronome.periodMs = frameMs;
  }

  private tick(dueMs: number): void {
    this.adapt();
    const read = this.reading.turn(this.duration / 48, this.pausedMs >= PAUSE_MS);
    const spoken = read && this.voice.queuedMs < MOST_HELD_MS ? 0 : this.voice.pull(this.mix);
    this.mix.fill(0, spoken);
    this.pausedMs = holdsSound(this.mix, 0, spoken) ? 0 : this.pausedMs + this.duration / 48;
    if (this.pausedMs === 0) this.soundAt = performance.now();
    this.speaking = spoken > 0 && this.pausedMs < LONGEST_PAUSE_MS;
    const underlaid = this.underlay.mixInto(this.mix, this.gain());
    this.reading.mixInto(this.mix, 0, this.mix.length);
    const wasQuiet = this.quietTicks >= CLOSING_FRAMES;
    this.quietTicks = this.speaking || underlaid || read ? 0 : this.quietTicks + 1;
    if (this.quietTicks < CLOSING_FRAMES) this.send(dueMs, wasQuiet);
    // The underlay gathers its cushion before it is heard: the clock must not stop meanwhile.
    else if (spoken > 0 || this.reading.pending) return;
    else if (!this.underlay.pending || this.quietTicks >= GIVE_UP_FRAMES) this.rest();
  }

  private rest(): void {
    this.voice.rest();
    this.underlay.clear();
    this.quietTicks = CLOSING_FRAMES;
    this.metronome.stop();
  }

  private send(dueMs: number, marker: boolean): void {
    const due = mediaTime(dueMs);
    const timestamp = due - this.timestamp > MAX_STRAY ? due : this.timestamp;
    this.timestamp = timestamp + this.duration;
    // The clock runs on without an audience, so that who comes next hears what is due now.
    if (this.fanOut.size === 0) return;
    this.fanOut.deliver({
      payload: this.encoder.encode(this.mix),
      timestamp,
      duration: this.duration,
      marker,
    });
  }
}
