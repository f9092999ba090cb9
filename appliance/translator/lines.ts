import type { Problem } from '../protocol/errors.ts';
import { primarySubtag } from '../protocol/languages.ts';
import type { EngineLine, TextEngine } from './engine.ts';
import type { LanguageDetection } from './language/language-detection.ts';
import type { TranslatedLine, TranslationRequest } from './translator.ts';

interface Given {
  readonly lines: readonly string[];
  readonly request: TranslationRequest;
  /** The best first. */
  readonly engines: readonly TextEngine[];
  readonly detection: Pick<LanguageDetection, 'of'>;
}

/** RFC 5646, 4.1: a language that is not known. */
const UNTOLD = 'und';

/** A line on its way down the engines. */
interface Open {
  readonly at: number;
  readonly text: string;
  readonly from: string | undefined;
  reason: 'unable' | 'failed' | 'spend-cap' | 'cancelled';
  problem: Problem | undefined;
}

/** Each line by the first engine that does it; what is in the wanted language, or in none, stays as it is. Never rejects. */
export async function translateLines({
  lines,
  request,
  engines,
  detection,
}: Given): Promise<readonly TranslatedLine[]> {
  const languages = await Promise.all(lines.map((line) => languageOf(line, request, detection)));
  const done: (TranslatedLine | undefined)[] = lines.map((line, at) =>
    asWritten(line, languages[at], request.to),
  );
  let open = lines.flatMap((line, at): Open[] => {
    const text = line.replaceAll(/\s+/g, ' ').trim();
    const from = languages[at];
    return done[at] ? [] : [{ at, text, from, reason: 'unable', problem: undefined }];
  });
  for (const engine of engines) {
    if (open.length === 0) break;
    const groups = Map.groupBy(open, ({ from }) => from);
    await Promise.all([...groups.values()].map((group) => pass(group, engine, request, done)));
    open = open.filter(({ at }) => !done[at]);
  }
  for (const { at, from, reason, problem } of open) done[at] = { reason, from, ...(problem && { problem }) };
  return done.filter((line) => line !== undefined);
}

async function languageOf(
  line: string,
  { from, likely }: TranslationRequest,
  detection: Given['detection'],
): Promise<string | undefined> {
  return from ?? detection.of(line, likely);
}

/** Lines of one language. What it does is done; of the others it is noted why not. */
async function pass(
  lines: readonly Open[],
  engine: TextEngine,
  request: TranslationRequest,
  done: (TranslatedLine | undefined)[],
): Promise<void> {
  const { to, glossary = [], context, author, signal, onSpent, unpaid } = request;
  const from = lines[0]?.from;
  if (!engine.can(from, to)) return;
  const why = signal?.aborted ? 'cancelled' : unpaid && engine.paid ? 'spend-cap' : engine.out;
  if (why !== undefined) {
    for (const line of lines) {
      line.reason = typeof why === 'string' ? why : 'failed';
      line.problem = typeof why === 'string' ? undefined : why;
    }
    return;
  }
  const texts = lines.map(({ text }) => text);
  const answers = await engine.translate(texts, { from, to, glossary, context, author, signal, onSpent });
  for (const [at, line] of lines.entries()) settle(line, answers[at], engine, done);
}

function settle(
  line: Open,
  answer: EngineLine | undefined,
  { by }: TextEngine,
  done: (TranslatedLine | undefined)[],
): void {
  if (answer && 'text' in answer) {
    done[line.at] = { text: answer.text, by, from: line.from ?? UNTOLD };
    return;
  }
  // That the money is used up says more than how the programs fared after it.
  if (line.reason !== 'spend-cap') line.reason = answer?.reason ?? 'failed';
  line.problem ??= answer?.problem;
}

function asWritten(line: string, from: string | undefined, to: string): TranslatedLine | undefined {
  const same = from !== undefined && primarySubtag(from) === primarySubtag(to);
  return same || !/\p{L}/u.test(line) ? { text: line, by: 'as-written', from: from ?? UNTOLD } : undefined;
}
