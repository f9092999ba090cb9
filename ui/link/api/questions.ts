import { tell } from '../request.ts';

/** What becomes of a question, for the guide to say. */
export type QuestionAct =
  'show' | 'hide' | 'restore' | 'answer' | 'done' | 'later' | 'seen' | 'block' | 'unblock';

const pathOf = (tour: string, question: string): string =>
  `/api/tours/${encodeURIComponent(tour)}/questions/${encodeURIComponent(question)}`;

/** `block`, `unblock`: who asked it. */
export const actOnQuestion = (tour: string, question: string, act: QuestionAct): Promise<void> =>
  tell('POST', `${pathOf(tour, question)}/${act}`);

/** In writing, to who asked alone. */
export const replyToQuestion = (tour: string, question: string, text: string): Promise<void> =>
  tell('POST', `${pathOf(tour, question)}/reply`, { text });

/** From now on the two are one: `into`. */
export const mergeQuestion = (tour: string, question: string, into: string): Promise<void> =>
  tell('POST', `${pathOf(tour, question)}/merge`, { into });
