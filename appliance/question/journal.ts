import * as z from 'zod/mini';
import { questionState, translatedBy } from '../protocol/questions.ts';
import { type Wording, wordingOf } from '../translator/wording.ts';
import type { Question } from './question.ts';

/** What is written of a tour's questions, line by line; read from the first to the last they are what they were. */

const made = z.record(z.string(), z.object({ text: z.string(), by: translatedBy }));
const wording = z.object({ original: z.string(), language: z.string(), made });

const questionLine = z.object({
  kind: z.literal('question'),
  id: z.string(),
  attendee: z.string(),
  name: z.optional(z.string()),
  words: wording,
  voice: z.boolean(),
  urgent: z.boolean(),
  at: z.number(),
  state: questionState,
  shown: z.boolean(),
  released: z.boolean(),
  later: z.boolean(),
  seen: z.boolean(),
  mergedInto: z.optional(z.string()),
  reply: z.optional(z.object({ words: wording, at: z.number() })),
});

export const questionsLine = z.discriminatedUnion('kind', [
  questionLine,
  z.object({ kind: z.literal('vote'), question: z.string(), attendee: z.string(), on: z.boolean() }),
  z.object({ kind: z.literal('gone'), question: z.string() }),
  z.object({ kind: z.literal('block'), attendee: z.string(), on: z.boolean() }),
]);
export type QuestionsLine = z.infer<typeof questionsLine>;

const kept = ({ original, language, kept: texts }: Wording): z.infer<typeof wording> => ({
  original,
  language,
  made: texts,
});

/** All of it but its votes. */
export function lineOf(question: Question): QuestionsLine {
  const { id, attendee, name, words, voice, urgent, at, state, shown, released, later, seen } = question;
  const { mergedInto, reply } = question;
  return {
    kind: 'question',
    id,
    attendee,
    ...(name !== undefined && { name }),
    words: kept(words),
    voice,
    urgent,
    at,
    state,
    shown,
    released,
    later,
    seen,
    ...(mergedInto !== undefined && { mergedInto }),
    ...(reply && { reply: { words: kept(reply.words), at: reply.at } }),
  };
}

/** As few lines as say the same. */
export function linesOf(questions: Iterable<Question>, blocked: Iterable<string>): QuestionsLine[] {
  const lines: QuestionsLine[] = [];
  for (const question of questions) {
    lines.push(lineOf(question));
    for (const attendee of question.votes)
      lines.push({ kind: 'vote', question: question.id, attendee, on: true });
  }
  for (const attendee of blocked) lines.push({ kind: 'block', attendee, on: true });
  return lines;
}

/** What the lines say. */
export function replay(lines: readonly QuestionsLine[]): {
  questions: Map<string, Question>;
  blocked: string[];
} {
  const questions = new Map<string, Question>();
  const blocked = new Set<string>();
  for (const line of lines) {
    if (line.kind === 'question') questions.set(line.id, revived(line, questions.get(line.id)?.votes));
    else if (line.kind === 'gone') questions.delete(line.question);
    else if (line.kind === 'vote') {
      const votes = questions.get(line.question)?.votes;
      if (line.on) votes?.add(line.attendee);
      else votes?.delete(line.attendee);
    } else if (line.on) blocked.add(line.attendee);
    else blocked.delete(line.attendee);
  }
  return { questions, blocked: [...blocked] };
}

function revived(line: z.infer<typeof questionLine>, votes = new Set<string>()): Question {
  const { kind: _, words, reply, name, mergedInto, ...same } = line;
  return {
    ...same,
    name,
    mergedInto,
    words: wordingOf(words),
    votes,
    reply: reply && { words: wordingOf(reply.words), at: reply.at },
    twins: new Set(),
    patienceUntil: 0,
    revision: 0,
  };
}
