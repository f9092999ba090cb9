import { nanoid } from 'nanoid';
import type { InterpretedChannel } from '../channel/interpreted-channel.ts';
import type {
  Interpreter,
  InterpreterCaption,
  InterpreterEngine,
  InterpreterState,
} from '../interpreter/interpreter.ts';
import type { Log } from '../log.ts';
import type { Floor } from '../floor/floor.ts';
import { holdsSound } from '../floor/loudness.ts';
import type { Problem } from '../protocol/errors.ts';
import { canInterpret } from '../protocol/languages.ts';
import type { CaptionLine, ChannelView } from '../protocol/views.ts';
import { Lag } from './lag.ts';

export interface BoothOptions {
  readonly tour: string;
  readonly from: string;
  readonly floor: Floor;
  readonly channel: InterpretedChannel;
  /** The one that is due now. */
  readonly engine: () => InterpreterEngine;
  /** An interpreter is kept this long after the last of its audience has left, ms. */
  readonly lingerMs: number;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly onChange: (booth: Booth) => void;
  readonly onCaption: (line: CaptionLine) => void;
  /** US dollars. */
  readonly onSpent: (usd: number) => void;
  readonly log: Log;
}

/**
 * One language's desk, as at a conference: its interpreter and its channel. It opens while the tour is live and
 * someone hears or reads the language, and not before: sessions are paid by the minute.
 */
export class Booth {
  readonly channel: InterpretedChannel;
  private readonly options: BoothOptions;
  private lag = new Lag();
  private engine: InterpreterEngine;
  private interpreter: Interpreter | undefined;
  private interpreting: InterpreterState = { kind: 'stopped' };
  private wanted = false;
  private sourceCaptions = false;
  private serial = 0;
  private lingering: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(options: BoothOptions) {
    this.options = options;
    this.channel = options.channel;
    this.engine = options.engine();
  }

  get language(): string {
    return this.channel.language;
  }

  get state(): InterpreterState['kind'] {
    return this.interpreting.kind;
  }

  /** Whether it can caption the guide's own words. */
  get live(): boolean {
    return this.interpreting.kind === 'live' || this.interpreting.kind === 'connecting';
  }

  get problem(): Problem | undefined {
    return 'problem' in this.interpreting ? this.interpreting.problem : undefined;
  }

  private get rough(): boolean {
    const { rough, pairs } = this.engine;
    return rough && canInterpret(pairs, this.options.from, this.language);
  }

  view(): ChannelView & { problem?: Problem } {
    const { problem } = this;
    return {
      language: this.language,
      state: this.channel.state,
      lagMs: Math.round(this.lag.ms),
      rough: this.rough,
      ...(problem && { problem }),
    };
  }

  start(): void {
    this.channel.start();
    this.unsubscribe = this.options.floor.subscribe((frame) => {
      if (this.options.floor.voiced) this.lag.voiced(frame.capturedAt, this.channel.heardAt);
      this.interpreter?.hear(frame);
    });
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    await this.close();
    this.channel.stop();
  }

  /** `wanted`: the tour is live and the language has an audience. */
  demand(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    clearTimeout(this.lingering);
    if (wanted) this.open();
    else if (this.interpreter) this.lingering = setTimeout(() => void this.close(), this.options.lingerMs);
    this.tune();
  }

  /** Another engine may be due: what the tour may cost was reached, or raised. The floor is heard in between. */
  exchange(): void {
    if (this.options.engine() === this.engine) return;
    this.engine = this.options.engine();
    const { interpreter } = this;
    if (!interpreter) {
      this.options.onChange(this);
    } else if (this.wanted) {
      this.interpreter = undefined;
      void interpreter.stop();
      this.open();
    } else void this.close();
  }

  /** Closes without waiting for an audience to come back: the tour is over. */
  release(): void {
    this.wanted = false;
    this.tune();
    void this.close();
  }

  /** Whether this booth's interpreter captions the guide's own words. */
  captionSource(on: boolean): void {
    if (on === this.sourceCaptions) return;
    this.sourceCaptions = on;
    this.interpreter?.captionSource(on);
  }

  private open(): void {
    // One that only a person could mend is tried anew when an audience comes back: perhaps it was mended.
    if (this.interpreter && this.interpreting.kind !== 'failed') return;
    void this.interpreter?.stop();
    const serial = ++this.serial;
    const current = (): boolean => serial === this.serial;
    // Pages keep their lines when a language, or the whole box, goes and comes back.
    this.lag = new Lag();
    const name = `${this.language}-${nanoid(6)}`;
    this.interpreting = { kind: 'connecting' };
    this.engine = this.options.engine();
    this.interpreter = this.engine.create({
      from: this.options.from,
      to: this.language,
      tour: this.options.tour,
      captionSource: this.sourceCaptions,
      output: {
        onSpeech: (samples) => {
          const onHeard = holdsSound(samples) ? this.lag.spoken(performance.now()) : undefined;
          this.channel.speak(samples, onHeard);
        },
        onCaption: (caption) => this.caption(this.language, name, caption),
        onSourceCaption: (caption) => this.caption(this.options.from, name, caption),
        onSpent: (usd) => this.options.onSpent(usd),
        onState: (state) => {
          if (current()) this.changed(state);
        },
      },
    });
    this.interpreter.start();
  }

  private async close(): Promise<void> {
    clearTimeout(this.lingering);
    const { interpreter } = this;
    if (!interpreter) return;
    this.interpreter = undefined;
    // What its engine still says must not be taken for the state of the next one.
    this.serial++;
    this.interpreting = { kind: 'stopped' };
    this.options.onChange(this);
    await interpreter.stop();
  }

  private changed(state: InterpreterState): void {
    this.options.log.info(
      {
        language: this.language,
        state: state.kind,
        code: 'problem' in state ? state.problem.code : undefined,
      },
      'interpreter',
    );
    this.interpreting = state;
    this.tune();
    this.options.onChange(this);
  }

  private tune(): void {
    if (!this.wanted) this.channel.setSource('silent');
    else if (this.interpreting.kind === 'failed' || this.interpreting.kind === 'stopped')
      this.channel.setSource('floor');
    else this.channel.setSource(this.interpreting.kind === 'reconnecting' ? 'reconnecting' : 'live');
  }

  private caption(language: string, name: string, { id, text, final }: InterpreterCaption): void {
    this.options.onCaption({ language, id: `${name}-${id}`, text, final, at: this.options.now() });
  }
}
