import type { InterpretedChannel } from '../channel/interpreted-channel.ts';
import type { Floor } from '../floor/floor.ts';
import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES } from '../floor/floor-frame.ts';
import type {
  Interpreter,
  InterpreterCaption,
  InterpreterState,
  Interpreting,
} from '../interpreter/interpreter.ts';
import type { Transcribing } from '../interpreter/transcriber.ts';
import { primarySubtag } from '../protocol/languages.ts';
import type { GlossaryEntry } from '../protocol/views.ts';

/** A floor that belongs to one conversation, and the channel that hangs on it. */
export interface VoicePath {
  readonly floor: Floor;
  readonly channel: InterpretedChannel;
}

export interface InterpretedVoiceOptions {
  /** An engine may listen once for all who hear the same: nobody else hears what goes by this name. */
  readonly ear: string;
  readonly path: VoicePath;
  /** Who interprets, as is due now. */
  readonly interpreting: () => Interpreting;
  readonly glossary: () => readonly GlossaryEntry[];
  /** Missing: nothing of what is said is written down. */
  readonly words?: SpokenWords;
  /** US dollars. */
  readonly onSpent: (usd: number) => void;
}

export interface SpokenWords {
  /** Writes down what nobody interprets. */
  readonly transcribing: () => Transcribing;
  readonly onSaid: (caption: InterpreterCaption) => void;
  readonly onTranslated: (caption: InterpreterCaption) => void;
  /** What is said of it: mono s16, 24 kHz, to be read only. */
  readonly onSpeech: (samples: Int16Array) => void;
}

/** Tells an engine that nothing more belongs to what was said, ms. */
const SILENCE_MS = 1_500;

/**
 * - `interpreted`: by a session that finds out by itself what is spoken (`any`), or for this language alone.
 * - `direct`: the listener hears the speaker's own voice; where words are wanted they are written down.
 */
type How = 'any' | 'interpreted' | 'direct';

/** Anyone of an interpreter's or a transcriber's kind. */
type Worker = Pick<Interpreter, 'start' | 'stop' | 'hear'>;

/**
 * One person's voice for one listener: interpreted where the languages differ and somebody can, else as it is. Those who
 * speak change, one after the other; who interprets stays, as long as that is the same.
 */
export class InterpretedVoice {
  private readonly options: InterpretedVoiceOptions;
  private readonly silence = new Int16Array(FLOOR_FRAME_SAMPLES);
  private unsubscribe: (() => void) | undefined;
  private worker: Worker | undefined;
  private readonly leaving = new Set<Promise<void>>();
  private interpreting: Interpreting | undefined;
  private how: How = 'direct';
  private from = '';
  private serial = 0;
  private failed = false;

  constructor(options: InterpretedVoiceOptions) {
    this.options = options;
  }

  get channel(): InterpretedChannel {
    return this.options.path.channel;
  }

  /** Whether somebody is at work who may have to be paid. */
  get isOpen(): boolean {
    return this.worker !== undefined;
  }

  start(): void {
    const { floor, channel } = this.options.path;
    channel.start();
    this.unsubscribe ??= floor.subscribe((frame) => this.worker?.hear(frame));
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.close();
    this.channel.stop();
    await Promise.all(this.leaving);
  }

  /** Somebody speaks this language from now on. @param from BCP 47. */
  begin(from: string): void {
    this.options.path.floor.open = true;
    const interpreting = this.options.interpreting();
    const how = this.wayFrom(from, interpreting);
    const same = how === this.how && (how === 'any' || from === this.from);
    if (this.worker && same && interpreting === this.interpreting && !this.failed) {
      this.from = from;
      return;
    }
    this.dismiss();
    this.interpreting = interpreting;
    this.how = how;
    this.from = from;
    this.failed = false;
    this.worker = how === 'direct' ? this.transcriber(from) : this.interpreter(from, interpreting);
    this.channel.setSource(how === 'direct' ? 'floor' : 'live');
    this.worker?.start();
  }

  /** @param samples 480; read during the call only. @param capturedAt ms of `performance.now()`. */
  hear(samples: Int16Array, capturedAt: number): void {
    // What it may cost was reached, or another key was saved: others go on at once.
    if (this.options.interpreting() !== this.interpreting) this.begin(this.from);
    this.options.path.floor.hear(samples, capturedAt);
  }

  /** That was all: an engine that waits for a pause has it now. */
  pause(): void {
    const { floor } = this.options.path;
    floor.open = false;
    const now = performance.now();
    for (let ms = 0; ms < SILENCE_MS; ms += FLOOR_FRAME_MS) floor.hear(this.silence, now);
  }

  /** Whoever interprets says their last words, and nobody is paid any more. */
  close(): void {
    this.options.path.floor.open = false;
    this.dismiss();
    this.channel.setSource('silent');
  }

  private wayFrom(from: string, interpreting: Interpreting): How {
    const to = this.channel.language;
    if (primarySubtag(from) === primarySubtag(to)) return 'direct';
    const { by } = interpreting.outlook(from, to);
    if (by === 'guide') return 'direct';
    return by === 'model' ? 'any' : 'interpreted';
  }

  private interpreter(from: string, interpreting: Interpreting): Worker {
    const { ear, glossary, words } = this.options;
    const serial = ++this.serial;
    return interpreting.create({
      from,
      to: this.channel.language,
      tour: ear,
      captionSource: words !== undefined,
      glossary,
      output: {
        onSpeech: (samples) => {
          words?.onSpeech(samples);
          this.channel.speak(samples);
        },
        onCaption: (caption) => words?.onTranslated(caption),
        onSourceCaption: (caption) => words?.onSaid(caption),
        onSpent: (usd) => this.spend(usd),
        onState: (state) => {
          if (serial === this.serial) this.changed(state);
        },
      },
    });
  }

  private transcriber(from: string): Worker | undefined {
    const { ear, words } = this.options;
    const transcribing = words?.transcribing();
    if (!words || !transcribing || transcribing.writerOf(from) === 'nobody') return undefined;
    return transcribing.transcribe({
      language: from,
      keywords: this.options.glossary().map(({ term }) => term),
      tour: ear,
      output: {
        onSourceCaption: (caption) => words.onSaid(caption),
        onSpent: (usd) => this.spend(usd),
        onState: () => undefined,
      },
    });
  }

  private spend(usd: number): void {
    this.options.onSpent(usd);
    const { worker, interpreting, options } = this;
    if (!worker || interpreting === options.interpreting()) return;
    // Reached while nobody speaks: nothing more is sent.
    if (options.path.floor.open) this.begin(this.from);
    else this.close();
  }

  private changed(state: InterpreterState): void {
    this.failed = state.kind === 'failed';
    if (state.kind === 'stopped') return;
    this.channel.setSource(this.failed ? 'floor' : state.kind === 'reconnecting' ? 'reconnecting' : 'live');
  }

  private dismiss(): void {
    const { worker } = this;
    this.worker = undefined;
    this.interpreting = undefined;
    this.serial++;
    if (!worker) return;
    const left = worker.stop().finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }
}
