import type { Tour } from '../tour/tour.ts';
import type { Question } from './question.ts';
import { QuestionMarks } from './question-marks.ts';
import type { Translating } from './translating.ts';

/** Has a text read aloud in every language that somebody hears. */
export type Announce = (tour: Tour, textByLanguage: ReadonlyMap<string, string>) => void;

export interface AnsweringOptions {
  readonly tour: Tour;
  readonly translating: Pick<Translating, 'languages' | 'want'>;
  readonly announce: Announce;
  /** Ms since the epoch. */
  readonly now: () => number;
}

/** A translation that takes longer is read, but not heard: the guide has begun to answer. */
const ANNOUNCED_WITHIN_MS = 3_000;

/** The question that the guide answers now: all read and hear it, and what the guide says next is its answer. */
export class Answering {
  private readonly options: AnsweringOptions;
  private readonly marks: QuestionMarks;
  private readonly spoken: QuestionMarks;
  private current:
    { readonly question: Question; readonly told: Set<string>; readonly line: string } | undefined;
  private unmark: (() => void) | undefined;
  private readonly waits = new Set<NodeJS.Timeout>();

  constructor(options: AnsweringOptions) {
    this.options = options;
    const { tour } = options;
    const lagMs = (language: string): number =>
      tour.view().channels.find((each) => each.language === language)?.lagMs ?? 0;
    this.marks = new QuestionMarks({ as: 'answers', lagMs });
    this.spoken = new QuestionMarks({ as: 'asked', lagMs });
  }

  get question(): Question | undefined {
    return this.current?.question;
  }

  start(): void {
    this.unmark = this.options.tour.captions.markWith((line) => this.marks.mark(this.spoken.mark(line)));
  }

  stop(): void {
    this.unmark?.();
    for (const timer of this.waits) clearTimeout(timer);
    this.current = undefined;
  }

  /** What is said from now on is this question, by its id; nobody's: it is the guide who speaks. */
  speaks(question: string | undefined): void {
    const at = this.options.now();
    if (question === undefined) this.spoken.end(at);
    else this.spoken.begin(question, at);
  }

  /** What was said to all, for who reads the guide's language and has not understood it. */
  write(question: string, text: string): void {
    const { tour, now } = this.options;
    const language = tour.record.floorLanguage;
    tour.captions.add({
      language,
      id: `asked-${question}`,
      text,
      final: true,
      at: now(),
      asked: question,
    });
  }

  begin(question: Question): void {
    const { translating, now } = this.options;
    const at = now();
    this.marks.begin(question.id, at);
    this.current = { question, told: new Set(), line: `asked-${question.id}-${at.toString(36)}` };
    void this.tellAll(question, translating.languages);
  }

  /** After a restart: all have read the question. */
  resume(question: Question): void {
    this.marks.begin(question.id, this.options.now());
    const { floorLanguage, languages } = this.options.tour.record;
    this.current = { question, told: new Set([floorLanguage, ...languages]), line: '' };
  }

  end(): void {
    this.marks.end(this.options.now());
    this.current = undefined;
  }

  /** Somebody reads this language: they read the question, too. */
  async tell(language: string): Promise<void> {
    const { current } = this;
    if (!current) return;
    const { tour, translating, now } = this.options;
    const { question, told, line: id } = current;
    await translating.want(question, language);
    if (this.current !== current || told.has(language)) return;
    told.add(language);
    const { text } = question.words.shown(language);
    tour.captions.add({ language, id, text, final: true, at: now(), asked: question.id });
  }

  private async tellAll(question: Question, languages: readonly string[]): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, ANNOUNCED_WITHIN_MS);
    this.waits.add(timer);
    await Promise.race([late.promise, Promise.all(languages.map((language) => this.tell(language)))]);
    clearTimeout(timer);
    this.waits.delete(timer);
    if (this.question !== question) return;
    const texts = languages.flatMap((language) => {
      const worded = question.words.in(language);
      return worded ? [[language, worded.text] as const] : [];
    });
    this.options.announce(this.options.tour, new Map(texts));
  }
}
