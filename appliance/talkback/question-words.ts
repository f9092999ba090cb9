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
}

/** As somebody writes it line by line, each line longer until it is final. */
type Lines = Map<string, string>;

interface Entry {
  readonly asker: Asker;
  readonly said: Lines;
  readonly translated: Lines;
  over: boolean;
}

export interface QuestionWordsOptions {
  /** Of the translation. */
  readonly language: string;
  readonly timing: TalkbackTiming;
  readonly onSpoken: (spoken: Spoken) => void;
}

/** Written without spaces between sentences. */
const UNSPACED = new Set(['zh', 'ja', 'th', 'lo', 'km', 'my']);

/**
 * Puts together what is written of a question. Words come seconds after the voice, when the next visitor may be speaking
 * already: they belong to the first question that is still being written.
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
    this.entries.push({ asker, said: new Map(), translated: new Map(), over: false });
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

  stop(): void {
    clearTimeout(this.timer);
    this.entries.length = 0;
  }

  private write(of: (entry: Entry) => Lines, { id, text }: InterpreterCaption): void {
    const [entry] = this.entries;
    if (!entry || this.old.has(id)) return;
    of(entry).set(id, text);
    this.wait();
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
    const { said, translated, asker } = entry;
    this.old = new Set([...said.keys(), ...translated.keys()]);
    const original = textOf(said, asker.language);
    const text = textOf(translated, this.options.language);
    if (original || text) {
      this.options.onSpoken({ ...asker, ...(original && { original }), ...(text && { text }) });
    }
    this.wait();
  }
}

function textOf(lines: Lines, language: string): string {
  return [...lines.values()].join(UNSPACED.has(primarySubtag(language)) ? '' : ' ').trim();
}
