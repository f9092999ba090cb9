import type { DeskQuestion, QuestionState, VisitorQuestion } from '../protocol/questions.ts';
import type { Untranslated } from '../translator/wording.ts';
import { isOpen, type Question } from './question.ts';

const WHY: Readonly<Record<Untranslated, DeskQuestion['untranslated']>> = {
  unable: 'no-engine',
  failed: 'failed',
  cancelled: 'failed',
  'spend-cap': 'spend-cap',
};

/** What a question was merged into, at last; else itself. */
type HeadOf = (question: Question) => Question;

/** An asker is not told that theirs was put away: it is with the guide. */
function askersState({ state }: Question): QuestionState {
  return state === 'hidden' ? 'pending' : state;
}

/** As its asker sees it, who reads `language`: in their own words. */
export function askersView(question: Question, language: string, headOf: HeadOf): VisitorQuestion {
  const head = headOf(question);
  const { reply } = question;
  return {
    ...common(question),
    text: question.words.original,
    by: 'as-written',
    mine: true,
    state: askersState(head),
    ...(isOpen(question) && !question.later && !question.urgent && { open: true }),
    seen: question.seen || head.seen,
    votes: head.votes.size,
    voted: false,
    ...(reply && {
      reply: { ...reply.words.shown(language), original: reply.words.original, at: reply.at },
    }),
  };
}

/** As all others see it who read `language`. */
export function othersView(question: Question, language: string, voted: boolean): VisitorQuestion {
  const { state, seen, votes } = question;
  const worded = question.words.shown(language);
  return { ...common(question), ...worded, mine: false, state, seen, votes: votes.size, voted };
}

function common({ id, name, words, at }: Question) {
  return {
    id,
    ...(name !== undefined && { name }),
    original: words.original,
    language: words.language,
    at,
  };
}

/** What a guide's view takes from the tour's other questions. */
export interface DeskContext {
  /** The guide's. */
  readonly language: string;
  readonly find: (id: string) => Question | undefined;
  /** How many were merged into it. */
  readonly merged: number;
  readonly blocked: boolean;
}

export function deskView(question: Question, context: DeskContext): DeskQuestion {
  const { id, attendee, name, words, voice, urgent, state, later, votes, twins, reply, at } = question;
  const { language, find, merged, blocked } = context;
  const worded = words.in(language);
  const reason = words.reason(language);
  const open = [...twins].filter((twin) => {
    const other = find(twin);
    return other !== undefined && isOpen(other) && other.mergedInto === undefined;
  });
  return {
    id,
    attendee,
    ...(name !== undefined && { name }),
    language: words.language,
    ...(worded && { text: worded.text }),
    by: worded?.by ?? 'as-written',
    original: words.original,
    voice,
    urgent,
    ...(reason && { untranslated: WHY[reason] }),
    state,
    later,
    votes: votes.size,
    twins: isOpen(question) ? open : [],
    merged,
    ...(reply && { reply: reply.words.original }),
    ...(blocked && { blocked }),
    at,
  };
}
