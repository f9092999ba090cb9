import { holdsSound } from '../floor/loudness.ts';
import { joined } from '../floor/samples.ts';
import type { InterpreterCaption } from '../interpreter/interpreter.ts';
import { primarySubtag } from '../protocol/languages.ts';
import type { TalksTo } from '../protocol/talk.ts';
import type { TalkbackTiming } from './timing.ts';

/** Who asks something, in which language. */
export interface Asker {
  readonly attendee: string;
  readonly language: string;
  to: TalksTo;
}

/** What a visitor has said. Either text may be missing: nobody wrote it down, or nobody translated it. */
export interface Spoken extends Readonly<Asker> {
  readonly original?: string;
  /** In the guide's language. */
  readonly text?: string;
  /** The same, spoken, without its pauses; of what all have heard. Mono s16, 24 kHz. */
  readonly voice?: Int16Array;
}

/** As somebody writes it line by line, each line longer until it is final. */
type Lines = Map<string, string>;

interface Entry {
  readonly asker: Asker;
  readonly said: Lines;
  readonly translated: Lines;
  readonly speech: Int16Array[];
  /** ms of `performance.now()`. */
  readonly beganAt: number;
  /** From then to the first word that was written, ms. */
  lagMs: number | undefined;
  over: boolean;
}

export interface QuestionWordsOptions {
  /** Of the translation. */
  readonly language: string;
  readonly timing: TalkbackTiming;
  readonly onSpoken: (spoken: Spoken) => void;
}

/** Of the voice of one translation that are kept: most models say 400 ms in each. */
const MOST_PIECES = 200;

/** Written without spaces between sentences. */
const UNSPACED = new Set(['zh', 'ja', 'th', 'lo', 'km', 'my']);

/**
 * Puts together what is written of a question. Words come seconds after the voice, when the next visitor may be speaking
 * already: they belong to the first question that is still being written, and to the next one when so much time has passed that it must be theirs.
 */
export class QuestionWords {
  private readonly options: QuestionWordsOptions;
  private readonly entries: Entry[] = [];
  /** Lines of the question that was put together last: what is still said of them belongs to nobody else. */
  private old = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: QuestionWordsOptions) {
    this.options = options;
  }

  begin(asker: Asker): void {
    const lines = { said: new Map(), translated: new Map(), speech: [] };
    this.entries.push({ asker, ...lines, beganAt: performance.now(), lagMs: undefined, over: false });
    this.wait();
  }

  /** The one who began last has said everything. */
  end(): void {
    const last = this.entries.at(-1);
    if (!last) return;
    last.over = true;
    this.wait();
  }

  said(caption: InterpreterCaption): void {
    this.write((entry) => entry.said, caption);
  }

  translated(caption: InterpreterCaption): void {
    this.write((entry) => entry.translated, caption);
  }

  /** Heard of the translation. @param samples are copied. */
  speech(samples: Int16Array): void {
    const [entry] = this.entries;
    if (entry?.asker.to !== 'all' || entry.speech.length >= MOST_PIECES || !holdsSound(samples)) return;
    entry.speech.push(samples.slice());
    this.wait();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.entries.length = 0;
  }

  private write(of: (entry: Entry) => Lines, { id, text }: InterpreterCaption): void {
    if (this.old.has(id)) return;
    this.perhapsNext((entry) => of(entry).has(id));
    const [entry] = this.entries;
    if (!entry) return;
    entry.lagMs ??= performance.now() - entry.beganAt;
    of(entry).set(id, text);
    this.wait();
  }

  /** A new line that comes as late after the next one began as the first's did after theirs is the next one's. */
  private perhapsNext(isWritten: (entry: Entry) => boolean): void {
    const [first, next] = this.entries;
    if (first?.lagMs === undefined || !next || isWritten(first)) return;
    if (performance.now() - next.beganAt >= first.lagMs) this.conclude();
  }

  private wait(): void {
    clearTimeout(this.timer);
    const [first, next] = this.entries;
    if (!first?.over) return;
    const { quietMs, hurriedMs, latestMs } = this.options.timing;
    const written = first.translated.size > 0 || first.said.size > 0;
    const ms = written ? (next ? hurriedMs : quietMs) : latestMs;
    this.timer = setTimeout(() => this.conclude(), ms);
  }

  private conclude(): void {
    const entry = this.entries.shift();
    if (!entry) return;
    const { said, translated, speech, asker } = entry;
    this.old = new Set([...said.keys(), ...translated.keys()]);
    const original = textOf(said, asker.language);
    const text = textOf(translated, this.options.language);
    const voice = speech.length > 0 ? joined(speech) : undefined;
    if (original || text)
      this.options.onSpoken({
        ...asker,
        ...(original && { original }),
        ...(text && { text }),
        ...(voice && { voice }),
      });
    this.wait();
  }
}

function textOf(lines: Lines, language: string): string {
  return [...lines.values()].join(UNSPACED.has(primarySubtag(language)) ? '' : ' ').trim();
}
