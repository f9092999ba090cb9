import { nanoid } from 'nanoid';
import type { QuestionState } from '../protocol/questions.ts';
import type { Wording } from '../translator/wording.ts';

/** What a visitor has asked, and what has become of it. Times: ms since the epoch. */
export interface Question {
  readonly id: string;
  /** Who asked, and the name that they gave. */
  readonly attendee: string;
  readonly name: string | undefined;
  readonly words: Wording;
  readonly voice: boolean;
  readonly urgent: boolean;
  readonly at: number;
  state: QuestionState;
  /** All have seen it. */
  shown: boolean;
  /** It is on the desk; before that it waits for its turn. */
  released: boolean;
  later: boolean;
  seen: boolean;
  /** The question into which it was merged: what becomes of that becomes of it. */
  mergedInto: string | undefined;
  readonly votes: Set<string>;
  /** To its asker alone. */
  reply: { readonly words: Wording; readonly at: number } | undefined;
  /** Others that ask nearly the same. */
  readonly twins: Set<string>;
  /** Until when those who are to see it are spared the original, while it is translated. */
  patienceUntil: number;
  /** Counts its changes. */
  revision: number;
}

export const newQuestionId = (): string => nanoid(12);

type Asked = Pick<Question, 'attendee' | 'name' | 'words' | 'voice' | 'urgent' | 'at'>;

/** @param id where it was known before */
export function newQuestion(asked: Asked, id = newQuestionId()): Question {
  return {
    id,
    ...asked,
    state: 'pending',
    shown: false,
    released: false,
    later: false,
    seen: false,
    mergedInto: undefined,
    votes: new Set(),
    reply: undefined,
    twins: new Set(),
    patienceUntil: 0,
    revision: 0,
  };
}

/** Whether it still waits for something from the guide. */
export function isOpen({ state }: Pick<Question, 'state'>): boolean {
  return state === 'pending' || state === 'shown' || state === 'answering';
}

/** Whether those may see it who have not asked it. */
export function isPublic({ state, shown, mergedInto }: Question): boolean {
  if (mergedInto !== undefined) return false;
  return state === 'shown' || state === 'answering' || (state === 'answered' && shown);
}

export type HowItCame = 'written' | 'spoken' | 'urgent';

export function howItCame({ urgent, voice }: Question): HowItCame {
  if (urgent) return 'urgent';
  return voice ? 'spoken' : 'written';
}
