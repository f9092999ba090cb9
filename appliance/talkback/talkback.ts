import type { InterpretedChannel } from '../channel/interpreted-channel.ts';
import type { InterpretedVoice, SpokenWords } from './interpreted-voice.ts';
import { type Asker, QuestionWords, type QuestionWordsOptions } from './question-words.ts';

export interface TalkbackOptions extends QuestionWordsOptions {
  readonly createVoice: (words: Omit<SpokenWords, 'transcribing'>) => InterpretedVoice;
}

/**
 * Visitors' voices on their way to the guide, one after the other: heard on the desk channel in the guide's language, with
 * the visitor's own voice under it, and written down. Whoever interprets is there from the first question on, and leaves
 * when nobody has asked for a while.
 */
export class Talkback {
  readonly voice: InterpretedVoice;
  private readonly options: TalkbackOptions;
  private readonly words: QuestionWords;
  private asker: Asker | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(options: TalkbackOptions) {
    this.options = options;
    this.words = new QuestionWords(options);
    this.voice = options.createVoice({
      onSaid: (caption) => this.words.said(caption),
      onTranslated: (caption) => this.words.translated(caption),
      onSpeech: (samples) => this.words.speech(samples),
    });
  }

  /** The desk channel: silent unless somebody asks. */
  get channel(): InterpretedChannel {
    return this.voice.channel;
  }

  start(): void {
    this.voice.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.idle);
    this.asker = undefined;
    await this.voice.stop();
    this.words.stop();
  }

  /** Who is heard from now on; nobody: the one who was has said everything. */
  turn(next: Asker | undefined): void {
    const before = this.asker;
    if (before && next?.attendee === before.attendee) {
      // To the guide first, and now to all: it is the same question.
      before.to = next.to;
      return;
    }
    this.asker = next;
    if (before) {
      this.voice.pause();
      this.words.end();
    }
    clearTimeout(this.idle);
    if (next) {
      this.words.begin(next);
      this.voice.begin(next.language);
    } else if (before) {
      this.idle = setTimeout(() => this.voice.close(), this.options.timing.idleMs);
    }
  }

  /** @param samples 480; read during the call only. @param capturedAt ms of `performance.now()`. */
  hear(samples: Int16Array, capturedAt: number): void {
    if (this.asker) this.voice.hear(samples, capturedAt);
  }
}
