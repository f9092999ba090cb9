import type { DeskQuestion } from '../../../../appliance/protocol/questions.ts';

/** Where a question stands: what is to be done `now`, what was put off, and what is done with. */
export type Group = 'now' | 'later' | 'answered' | 'hidden';

/** A question in its place on the screen. */
export interface QuestionRow {
  readonly question: DeskQuestion;
  readonly group: Group;
  /** Taken back or merged meanwhile: only its place is left. */
  readonly gone: boolean;
}

export function groupOf({ state, later }: DeskQuestion): Group {
  if (state === 'hidden' || state === 'answered') return state;
  return later && state !== 'answering' ? 'later' : 'now';
}

/** As the box ranks them, but for the one that is being answered, which stays on top, and for who needs help. */
export function arranged(ranked: readonly DeskQuestion[]): QuestionRow[] {
  return ranked
    .map((question) => ({ question, group: groupOf(question), gone: false }))
    .toSorted((a, b) => weight(b.question) - weight(a.question));
}

const weight = ({ state, urgent }: DeskQuestion): number => (state === 'answering' ? 2 : urgent ? 1 : 0);

/** The same rows in the same places and as high: with what has changed, but for their texts. */
export function inPlace(rows: readonly QuestionRow[], ranked: readonly DeskQuestion[]): QuestionRow[] {
  const now = new Map(ranked.map((question) => [question.id, question]));
  return rows.map((row) => {
    const question = now.get(row.question.id);
    return question
      ? { ...row, gone: false, question: withTextOf(question, row.question) }
      : { ...row, gone: true };
  });
}

/** Whether something waits that {@link inPlace} does not show. */
export const textDiffers = (a: DeskQuestion, b: DeskQuestion): boolean =>
  a.text !== b.text || a.by !== b.by || a.untranslated !== b.untranslated;

function withTextOf(question: DeskQuestion, shown: DeskQuestion): DeskQuestion {
  const { text: _, untranslated: __, ...rest } = question;
  const { text, untranslated, by } = shown;
  return { ...rest, by, ...(text !== undefined && { text }), ...(untranslated && { untranslated }) };
}

/** With `question` at its rank, new or moved. */
export function ranked(
  questions: readonly DeskQuestion[],
  question: DeskQuestion,
  rank: number,
): DeskQuestion[] {
  const others = questions.filter(({ id }) => id !== question.id);
  return others.toSpliced(rank, 0, question);
}
