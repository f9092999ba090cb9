import type { Behaviour } from './behaviour.ts';
import { deltasOf, sourceSentence } from './sentences.ts';
import { SpeechDetector } from './speech-detector.ts';
import type { ServerEvent, WireError } from './wire.ts';

/** 100 ms. */
const LEAST_COMMITTED = 2_400;
const EVENT = 'conversation.item.input_audio_transcription';

export interface TranscribingOptions {
  readonly send: (event: ServerEvent) => void;
  readonly fail: (error: WireError) => void;
  readonly behaviour: Pick<Behaviour, 'lagMs' | 'swapped' | 'unintelligible' | 'finishedTexts'>;
}

/** What a transcription session answers: deltas while it hears, the whole once the client has committed. */
export class Transcribing {
  /** When each utterance was at its end, ms of `performance.now()`. */
  readonly heardAt: number[] = [];
  commits = 0;
  clears = 0;
  private readonly options: TranscribingOptions;
  private readonly detector = new SpeechDetector({ onUtterance: () => this.hearSentence() });
  private buffered = 0;
  private items = 0;
  /** What was heard since the last commit. */
  private sentences: string[] = [];
  private kept: ServerEvent | undefined;

  constructor(options: TranscribingOptions) {
    this.options = options;
  }

  hear(samples: Int16Array): void {
    this.buffered += samples.length;
    this.detector.hear(samples);
  }

  clear(): void {
    this.clears++;
    this.buffered = 0;
    this.sentences = [];
    this.options.send({ type: 'input_audio_buffer.cleared' });
  }

  commit(): void {
    const { send, fail, behaviour } = this.options;
    if (this.buffered < LEAST_COMMITTED) {
      const message =
        'Error committing input audio buffer: buffer too small. Expected at least 100ms of audio.';
      const code = 'input_audio_buffer_commit_empty';
      fail({ type: 'invalid_request_error', code, message, param: null });
      return;
    }
    this.detector.flush();
    this.commits++;
    const item_id = this.item;
    const previous_item_id = this.items === 0 ? null : `item_${this.items}`;
    const usage = { type: 'duration', seconds: Math.ceil(this.buffered / 24_000) };
    const transcript = this.sentences.join(' ');
    this.items++;
    this.buffered = 0;
    this.sentences = [];
    send({ type: 'input_audio_buffer.committed', item_id, previous_item_id });
    setTimeout(() => this.finish(this.ending(item_id, transcript, usage)), behaviour.lagMs);
  }

  private get item(): string {
    return `item_${this.items + 1}`;
  }

  private ending(item_id: string, transcript: string, usage: object): ServerEvent {
    if (this.options.behaviour.unintelligible) {
      const error = {
        type: 'server_error',
        code: 'audio_unintelligible',
        message: 'The audio is unintelligible.',
      };
      return { type: `${EVENT}.failed`, item_id, content_index: 0, error };
    }
    return {
      type: `${EVENT}.completed`,
      item_id,
      content_index: 0,
      transcript,
      usage,
      languages: [{ code: 'en' }],
    };
  }

  private finish(event: ServerEvent): void {
    if (this.options.behaviour.swapped && this.kept === undefined) {
      this.kept = event;
      return;
    }
    this.options.send(event);
    if (this.kept) this.options.send(this.kept);
    this.kept = undefined;
  }

  private hearSentence(): void {
    const { send, behaviour } = this.options;
    const text = sourceSentence(this.heardAt.push(performance.now()));
    const item_id = this.item;
    const first = this.sentences.length === 0;
    this.sentences.push(text);
    if (behaviour.finishedTexts) return;
    setTimeout(() => {
      for (const [index, delta] of deltasOf(text).entries())
        send({
          type: `${EVENT}.delta`,
          item_id,
          content_index: 0,
          delta: index === 0 && !first ? ` ${delta}` : delta,
        });
    }, behaviour.lagMs / 2);
  }
}
