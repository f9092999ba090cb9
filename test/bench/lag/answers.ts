import { CaptionLines } from '../../../appliance/interpreter/caption-lines.ts';
import { SpeechDetector, type Utterance } from '../../realtime-server/speech-detector.ts';
import type { SpokenWord } from './words.ts';

const SAMPLES_PER_MS = 24;
/** As the stand-in for the realtime server delivers: its lag after an utterance, 400 ms of speech every 100 ms. */
const LAG_MS = 300;
const DELTA = 400 * SAMPLES_PER_MS;
const PACE_MS = 100;

export interface AnswersOptions {
  readonly words: readonly SpokenWord[];
  /** How many times as long as what was heard its speech lasts. */
  readonly ratio: number;
  /** A sentence's first word is written. */
  readonly onSentence: (id: string) => void;
  readonly onSpeech: (samples: Int16Array) => void;
}

/** Where a word lies in all that was said, samples. */
export interface WordPlace {
  readonly from: number;
  readonly to: number;
}

interface Piece {
  readonly samples: Int16Array;
  readonly text: string;
  /** Not before, ms. */
  readonly dueMs: number;
}

/**
 * What a model makes of a monologue: to each utterance words that last `ratio` times as long, its pause at the end too, written
 * as they are said. It keeps where each word lies. The time is given to it.
 */
export class Answers {
  readonly places: WordPlace[] = [];
  sentences = 0;
  private readonly options: AnswersOptions;
  private readonly detector = new SpeechDetector({ onUtterance: (utterance) => this.answer(utterance) });
  private readonly lines: CaptionLines;
  private readonly pieces: Piece[] = [];
  private readonly begun = new Set<string>();
  private now = 0;
  private said = 0;
  private next = 0;
  /** Samples by which the speech is shorter than it should be by now. */
  private owed = 0;
  private opensSentence = true;
  private deliveredMs = 0;

  constructor(options: AnswersOptions) {
    this.options = options;
    this.lines = new CaptionLines({ language: 'es', deliver: ({ id }) => this.wrote(id) });
  }

  /** 20 ms of the monologue, at `nowMs`. */
  hear(samples: Int16Array, nowMs: number): void {
    this.now = nowMs;
    this.detector.hear(samples);
    for (let piece = this.pieces[0]; piece && this.dueMs(piece) <= nowMs; piece = this.pieces[0]) {
      this.pieces.shift();
      this.deliveredMs = nowMs;
      if (piece.text !== '') this.lines.append(piece.text);
      this.options.onSpeech(piece.samples);
    }
  }

  end(): void {
    this.lines.flush();
  }

  private dueMs({ dueMs }: Piece): number {
    return Math.max(dueMs, this.deliveredMs + PACE_MS);
  }

  private answer({ ms, quietMs }: Utterance): void {
    const { ratio } = this.options;
    const pause = Math.round(quietMs * ratio) * SAMPLES_PER_MS;
    const length = Math.round(ms * ratio * SAMPLES_PER_MS + this.owed);
    const samples = new Int16Array(Math.max(length, 0));
    const texts: { at: number; text: string }[] = [];
    let at = 0;
    for (let word = this.word(); at + word.samples.length <= length - pause; word = this.word()) {
      samples.set(word.samples, at);
      this.places.push({ from: this.said + at, to: this.said + at + word.samples.length });
      texts.push({ at, text: this.opensSentence ? ` ${capital(word.text)}` : ` ${word.text}` });
      this.opensSentence = false;
      this.next++;
      at += word.samples.length;
    }
    const ends = quietMs > 0 && !this.opensSentence;
    if (ends) texts.push({ at: Math.max(0, at - 1), text: '.' });
    if (ends) this.opensSentence = true;
    // Where it goes on without a pause, so does what is said.
    const whole = quietMs > 0 ? samples : samples.slice(0, at);
    this.owed = length - whole.length;
    this.said += whole.length;
    this.deliver(whole, texts);
  }

  private deliver(samples: Int16Array, texts: readonly { at: number; text: string }[]): void {
    for (let at = 0; at < samples.length; at += DELTA) {
      const text = texts.filter((each) => each.at >= at && each.at < at + DELTA).map((each) => each.text);
      this.pieces.push({
        samples: samples.slice(at, at + DELTA),
        text: text.join(''),
        dueMs: this.now + LAG_MS,
      });
    }
  }

  private wrote(id: string): void {
    if (this.begun.has(id)) return;
    this.begun.add(id);
    this.sentences++;
    this.options.onSentence(id);
  }

  private word(): SpokenWord {
    const { words } = this.options;
    const word = words[this.next % words.length];
    if (!word) throw new Error('There are no words to say.');
    return word;
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
