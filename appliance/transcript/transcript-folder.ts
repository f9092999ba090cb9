import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { LANGUAGE_TAG } from '../protocol/languages.ts';
import type { CaptionLine } from '../protocol/views.ts';
import type { TranscriptLine } from './line.ts';
import { TranscriptFile } from './transcript-file.ts';

interface TranscriptFolderOptions {
  /** `<data>/transcripts`; in it `TOUR/LANGUAGE.jsonl`. */
  readonly directory: string;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}

const TOUR_ID = /^[\w-]{1,64}$/;
const EXTENSION = '.jsonl';
/** Captions under way whose beginning is remembered; some are given up without ever being final. */
const MAX_DRAFTS = 500;

/** The folder with what was said on each tour, language by language: each caption once it is final. */
export class TranscriptFolder {
  private readonly options: TranscriptFolderOptions;
  private readonly files = new Map<string, TranscriptFile>();
  private readonly unwritten = new Set<string>();
  private readonly begun = new Map<string, number>();

  constructor(options: TranscriptFolderOptions) {
    this.options = options;
  }

  /** Whether something that was said is not on the disk. */
  get failing(): boolean {
    return this.unwritten.size > 0;
  }

  /** Writes what waits. */
  async stop(): Promise<void> {
    await Promise.all([...this.files.values()].map((file) => file.close()));
  }

  /**
   * A caption, as it grows and at last; `at` of it is not looked at: pages and the box may differ about the time. One that comes
   * once more, marked as not heard, was said all the same, and stands here already.
   */
  record(tour: string, { language, id, text, final, skipped, asked, answers }: CaptionLine): void {
    if (skipped) return;
    const now = this.options.now();
    const key = `${tour} ${language} ${id}`;
    const from = this.begun.get(key) ?? now;
    if (!final) return this.begin(key, from);
    this.begun.delete(key);
    this.file(tour, language).append({ id, text, from, to: now, ...marks({ asked, answers }) });
  }

  /** The last `count` lines, or all; none when nothing was said, or nothing is left. */
  async read(tour: string, language: string, count = Infinity): Promise<TranscriptLine[]> {
    return valid(tour, language) ? this.file(tour, language).read(count) : [];
  }

  /** Of which languages there is something, in no order. */
  async languages(tour: string): Promise<string[]> {
    if (!TOUR_ID.test(tour)) return [];
    // Asked first: what waits now is in a file later.
    const unwritten = [...this.files]
      .filter(([key, { waits }]) => waits && key.startsWith(`${tour}/`))
      .map(([key]) => key.slice(tour.length + 1));
    const files = (await namesIn(join(this.options.directory, tour)))
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => name.slice(0, -EXTENSION.length));
    return [...new Set([...files, ...unwritten])].filter((language) => LANGUAGE_TAG.test(language));
  }

  /** The tours of which there is something, those that were deleted too. */
  async tours(): Promise<string[]> {
    return (await namesIn(this.options.directory)).filter((name) => TOUR_ID.test(name));
  }

  /** The last lines of each language, as the captions that they were. */
  async recent(tour: string, count: number): Promise<CaptionLine[]> {
    const languages = await this.languages(tour);
    const lines = await Promise.all(
      languages.map(async (language) =>
        (await this.read(tour, language, count)).map(({ id, text, from, asked, answers }) => ({
          language,
          id,
          text,
          final: true,
          at: from,
          ...marks({ asked, answers }),
        })),
      ),
    );
    return lines.flat();
  }

  /** When something was said last, ms since the epoch; -Infinity: never. */
  async lastAt(tour: string): Promise<number> {
    const languages = await this.languages(tour);
    const lines = await Promise.all(languages.map((language) => this.read(tour, language, 1)));
    return Math.max(...lines.map((each) => each[0]?.to ?? -Infinity), -Infinity);
  }

  /** @throws what the file system says; then something may be left. */
  async erase(tour: string): Promise<void> {
    for (const language of await this.languages(tour)) await this.file(tour, language).erase();
    await this.sweep(tour);
  }

  /** Forgets lines that ended before `time`, ms since the epoch. */
  async forgetBefore(tour: string, time: number): Promise<void> {
    for (const language of await this.languages(tour)) await this.file(tour, language).forgetBefore(time);
    await this.sweep(tour);
  }

  private begin(key: string, from: number): void {
    this.begun.set(key, from);
    const [oldest] = this.begun.keys();
    if (oldest !== undefined && this.begun.size > MAX_DRAFTS) this.begun.delete(oldest);
  }

  private file(tour: string, language: string): TranscriptFile {
    const key = `${tour}/${language}`;
    const known = this.files.get(key);
    if (known) return known;
    const file = new TranscriptFile({
      path: join(this.options.directory, tour, `${language}${EXTENSION}`),
      onFailing: (failing, error) => this.show(key, failing, error),
    });
    this.files.set(key, file);
    return file;
  }

  private show(key: string, failing: boolean, error: unknown): void {
    if (failing && !this.unwritten.has(key))
      this.options.log.error({ err: error }, 'a transcript cannot be saved');
    if (failing) this.unwritten.add(key);
    else this.unwritten.delete(key);
  }

  /** Takes the folder away when nothing is in it, unless a line comes just now. */
  private async sweep(tour: string): Promise<void> {
    if (!TOUR_ID.test(tour)) return;
    await rmdir(join(this.options.directory, tour)).catch(() => undefined);
  }
}

function marks({ asked, answers }: Pick<TranscriptLine, 'asked' | 'answers'>): Partial<TranscriptLine> {
  return { ...(asked !== undefined && { asked }), ...(answers !== undefined && { answers }) };
}

/** Whether it can be the name of a file, and of none elsewhere. */
function valid(tour: string, language: string): boolean {
  return TOUR_ID.test(tour) && LANGUAGE_TAG.test(language);
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
