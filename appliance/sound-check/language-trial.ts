import { setTimeout } from 'node:timers/promises';
import type { InterpretedChannel } from '../channel/interpreted-channel.ts';
import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES } from '../floor/floor-frame.ts';
import type { Interpreter, InterpreterState, Interpreting } from '../interpreter/interpreter.ts';
import type { CheckedLanguageView, SoundCheckVerdict } from '../protocol/sound-check.ts';
import type { GlossaryEntry } from '../protocol/views.ts';
import { HeardSpeech } from './heard-speech.ts';
import { Stopwatch } from './stopwatch.ts';
import type { SoundCheckTiming } from './timing.ts';
import type { Utterance } from './utterance.ts';

export interface LanguageTrialOptions {
  readonly from: string;
  readonly to: string;
  readonly interpreting: Interpreting;
  readonly glossary: () => readonly GlossaryEntry[];
  /** Whose sound nobody hears. */
  readonly channel: InterpretedChannel;
  readonly timing: SoundCheckTiming;
  /** US dollars. */
  readonly onSpent: (usd: number) => void;
}

/** Further behind than this, listeners look at things that the guide has left. */
const LATE_MS = 10_000;
const MOST_TEXT = 500;

/** One language hears an utterance as on a tour: by the same ladder, through a channel of its own. */
export class LanguageTrial {
  private readonly options: LanguageTrialOptions;
  private readonly watch = new Stopwatch();
  private readonly speech = new HeardSpeech();
  /** By caption. */
  private readonly texts = new Map<string, string>();
  private readonly silence = new Int16Array(FLOOR_FRAME_SAMPLES);
  private condition: InterpreterState = { kind: 'connecting' };
  private state: CheckedLanguageView['state'] = 'waiting';
  /** Nobody was there to interpret it, however long one waited. */
  private unmet = false;
  /** A frame with the voice in it is being encoded. */
  private taken = false;

  constructor(options: LanguageTrialOptions) {
    this.options = options;
  }

  get language(): string {
    return this.options.to;
  }

  view(): CheckedLanguageView {
    const { language, state, condition, watch, speech, texts } = this;
    const { by, problem } = this.outlook();
    const text = [...texts.values()].join(' ').slice(0, MOST_TEXT);
    return {
      language,
      state,
      ...(condition.kind !== 'connecting' && { by }),
      ...(problem && { problem }),
      ...(state === 'done' && { verdict: this.verdict() }),
      stages: watch.stages,
      text,
      soundMs: speech.ms,
    };
  }

  /** Mono, 24 kHz. */
  sound(): Int16Array {
    return this.speech.samples();
  }

  /** Never rejects for what an interpreter does; @throws when aborted. */
  async run(utterance: Utterance, signal: AbortSignal): Promise<void> {
    this.state = 'trying';
    const interpreter = this.interpreter();
    const { channel } = this.options;
    const unsubscribe = channel.subscribe({ deliver: () => this.delivered() });
    channel.start();
    channel.setSource('live');
    interpreter.start();
    try {
      if (await this.ready(signal)) await this.say(utterance, interpreter, signal);
      else this.unmet = true;
      this.state = 'done';
    } finally {
      unsubscribe();
      channel.stop();
      await interpreter.stop();
    }
  }

  private interpreter(): Interpreter {
    const { from, to, interpreting, glossary, onSpent } = this.options;
    return interpreting.create({
      from,
      to,
      captionSource: false,
      glossary,
      output: {
        onSpeech: (samples) => this.spoken(samples),
        onCaption: ({ id, text }) => {
          if (this.state !== 'trying') return;
          this.watch.note('firstText');
          this.texts.set(id, text);
        },
        onSourceCaption: () => undefined,
        onState: (state) => {
          if (this.state === 'trying') this.condition = state;
        },
        onSpent,
        onSent: () => {
          if (this.state === 'trying') this.watch.note('sent');
        },
      },
    });
  }

  /** @returns whether somebody interprets. */
  private async ready(signal: AbortSignal): Promise<boolean> {
    const latest = performance.now() + this.options.timing.readyMs;
    while (this.condition.kind !== 'live') {
      if (this.condition.kind === 'failed' || performance.now() > latest) return false;
      await setTimeout(FLOOR_FRAME_MS, undefined, { signal });
    }
    return true;
  }

  /** In real time, and silence after it, until the answer has come. */
  private async say(utterance: Utterance, interpreter: Interpreter, signal: AbortSignal): Promise<void> {
    const { samples, onsetFrame, captureMs } = utterance;
    const frames = samples.length / FLOOR_FRAME_SAMPLES;
    const beganAt = performance.now();
    for (let frame = 0; !this.isOver(frame > frames);) {
      await setTimeout(FLOOR_FRAME_MS, undefined, { signal });
      for (; beganAt + (frame + 1) * FLOOR_FRAME_MS <= performance.now(); frame++) {
        const capturedAt = beganAt + (frame + 1) * FLOOR_FRAME_MS;
        if (frame === onsetFrame) this.watch.start(capturedAt, captureMs);
        const spoken = frame < frames;
        const at = frame * FLOOR_FRAME_SAMPLES;
        interpreter.hear({
          samples: spoken ? samples.subarray(at, at + FLOOR_FRAME_SAMPLES) : this.silence,
          capturedAt,
          blank: !spoken,
          voiced: spoken && frame >= onsetFrame,
        });
      }
    }
  }

  private isOver(said: boolean): boolean {
    const { answerMs, pauseMs } = this.options.timing;
    if (this.condition.kind === 'failed' || this.watch.elapsedMs > answerMs) return true;
    return said && this.watch.stages.onItsWay !== undefined && this.speech.quietMs > pauseMs;
  }

  private spoken(samples: Int16Array): void {
    if (this.state !== 'trying' || !this.watch.running) return;
    const sounds = this.speech.add(samples);
    if (sounds) this.watch.note('firstSound');
    this.options.channel.speak(samples, sounds ? () => this.taking() : undefined);
  }

  private taking(): void {
    this.taken = true;
    this.watch.note('encoded');
  }

  private delivered(): void {
    if (this.taken) this.watch.note('onItsWay');
  }

  private outlook(): Pick<CheckedLanguageView, 'by' | 'problem'> {
    const { condition } = this;
    const { from, to, interpreting } = this.options;
    if (condition.kind === 'failed') return { by: 'guide', problem: condition.problem };
    if (condition.kind === 'live' && condition.by) return { by: condition.by, problem: condition.problem };
    const { by, problem } = interpreting.outlook(from, to);
    return { by: this.unmet ? 'guide' : by, problem: 'problem' in condition ? condition.problem : problem };
  }

  private verdict(): SoundCheckVerdict {
    const { onItsWay } = this.watch.stages;
    if (this.unmet || this.condition.kind === 'failed') return 'untranslated';
    if (onItsWay === undefined) return 'silent';
    return onItsWay > LATE_MS ? 'late' : 'well';
  }
}
