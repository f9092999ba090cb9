import { nanoid } from 'nanoid';
import type { InterpretedChannel } from '../channel/interpreted-channel.ts';
import type {
  Interpreter,
  InterpreterCaption,
  InterpreterState,
  Interpreting,
  Outlook,
} from '../interpreter/interpreter.ts';
import type { Log } from '../log.ts';
import type { Floor } from '../floor/floor.ts';
import { holdsSound } from '../floor/loudness.ts';
import type { Problem } from '../protocol/errors.ts';
import type { CaptionLine, ChannelView, GlossaryEntry, InterpretedBy, VoicePace } from '../protocol/views.ts';
import { Lag } from './lag.ts';
import { SpokenLines } from './spoken-lines.ts';

export interface BoothOptions {
  readonly tour: string;
  readonly from: string;
  readonly floor: Floor;
  readonly channel: InterpretedChannel;
  /** Who interprets, as is due now. */
  readonly interpreting: () => Interpreting;
  readonly glossary: () => readonly GlossaryEntry[];
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
  private readonly lines: SpokenLines;
  private readonly options: BoothOptions;
  private lag = new Lag();
  /** Whose lag it is: another one's is another. */
  private lagOf: InterpretedBy | undefined;
  private interpreting: Interpreting;
  private interpreter: Interpreter | undefined;
  private condition: InterpreterState = { kind: 'stopped' };
  private wanted = false;
  private sourceCaptions = false;
  private serial = 0;
  private lingering: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(options: BoothOptions) {
    this.options = options;
    this.channel = options.channel;
    this.lines = new SpokenLines({
      deliver: options.onCaption,
      begin: (id) => this.channel.begin(id),
    });
    this.interpreting = options.interpreting();
  }

  get language(): string {
    return this.channel.language;
  }

  get state(): InterpreterState['kind'] {
    return this.condition.kind;
  }

  /** Whether it can caption the guide's own words. */
  get live(): boolean {
    return this.condition.kind === 'live' || this.condition.kind === 'connecting';
  }

  view(): ChannelView & { problem?: Problem; pace?: VoicePace } {
    const { by, problem } = this.outlook();
    return {
      language: this.language,
      state: this.channel.state,
      by,
      lagMs: Math.round(this.lag.ms),
      rough: by === 'box',
      ...(this.interpreter && { pace: this.pace() }),
      ...(problem && { problem }),
    };
  }

  /** The voice has gone on without these sentences. */
  skipped(sentences: readonly string[]): void {
    this.lines.skip(sentences);
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

  /**
   * Others may have to interpret: what the tour may cost was reached, or raised. The floor is heard in between. Or the
   * outlook is another one.
   */
  exchange(): void {
    const before = this.interpreting;
    this.interpreting = this.options.interpreting();
    const { interpreter } = this;
    if (!interpreter || this.interpreting === before) {
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
    if (this.interpreter && this.condition.kind !== 'failed') return;
    void this.interpreter?.stop();
    const serial = ++this.serial;
    const current = (): boolean => serial === this.serial;
    this.lag = new Lag();
    this.lagOf = undefined;
    // Pages keep their lines when a language, or the whole box, goes and comes back.
    const name = `${this.language}-${nanoid(6)}`;
    this.condition = { kind: 'connecting' };
    this.interpreting = this.options.interpreting();
    this.interpreter = this.interpreting.create({
      from: this.options.from,
      to: this.language,
      tour: this.options.tour,
      captionSource: this.sourceCaptions,
      glossary: this.options.glossary,
      output: {
        onSpeech: (samples) => {
          const onHeard = holdsSound(samples) ? this.lag.spoken(performance.now()) : undefined;
          this.channel.speak(samples, onHeard);
        },
        onCaption: (caption) => this.lines.add(this.line(this.language, name, caption)),
        onSourceCaption: (caption) => this.options.onCaption(this.line(this.options.from, name, caption)),
        onSpent: (usd) => this.options.onSpent(usd),
        onState: (state) => {
          if (current()) this.changed(state);
        },
      },
    });
    this.interpreter.start();
  }

  /** By whom, and why not better: as it is, or would be if somebody listened. */
  private outlook(): Outlook {
    const { condition: state } = this;
    if (state.kind === 'failed') return { by: 'guide', problem: state.problem };
    if (state.kind === 'live' && state.by) return { by: state.by, problem: state.problem };
    const { by, problem } = this.interpreting.outlook(this.options.from, this.language);
    return { by, problem: 'problem' in state ? state.problem : problem };
  }

  private async close(): Promise<void> {
    clearTimeout(this.lingering);
    const { interpreter } = this;
    if (!interpreter) return;
    this.interpreter = undefined;
    // What its engine still says must not be taken for the state of the next one.
    this.serial++;
    this.condition = { kind: 'stopped' };
    this.options.onChange(this);
    await interpreter.stop();
  }

  private changed(state: InterpreterState): void {
    this.options.log.info(
      {
        language: this.language,
        state: state.kind,
        code: 'problem' in state ? state.problem?.code : undefined,
      },
      'interpreter',
    );
    this.condition = state;
    if (state.kind === 'live') this.measure(state.by);
    this.tune();
    this.options.onChange(this);
  }

  private measure(by: InterpretedBy | undefined): void {
    if (this.lagOf && by !== this.lagOf) this.lag = new Lag();
    this.lagOf = by;
  }

  private tune(): void {
    if (!this.wanted) this.channel.setSource('silent');
    else if (this.condition.kind === 'failed' || this.condition.kind === 'stopped')
      this.channel.setSource('floor');
    else this.channel.setSource(this.condition.kind === 'reconnecting' ? 'reconnecting' : 'live');
  }

  private line(language: string, name: string, { id, text, final }: InterpreterCaption): CaptionLine {
    return { language, id: `${name}-${id}`, text, final, at: this.options.now() };
  }

  private pace(): VoicePace {
    const { figures } = this.lag;
    const { queuedMs, tempo, skipped } = this.channel;
    const now = performance.now();
    return {
      lagP50Ms: Math.round(figures.quantile(0.5, now)),
      lagP95Ms: Math.round(figures.quantile(0.95, now)),
      queuedMs: Math.round(queuedMs),
      tempo: Math.round(tempo * 100) / 100,
      skipped,
    };
  }
}
