import { newQuestionId } from './question.ts';

/** What was said so long ago is written down by now, or never: of so many visitors. */
const MOST_REMEMBERED = 20;

/** Visitors who speak to all: what they say is captioned at once, and is a question some seconds later. */
export class SpokenTurns {
  private readonly onTurn: (question: string | undefined) => void;
  private readonly ids = new Map<string, string>();
  private speaker: string | undefined;

  /** @param onTurn what is said from now on is this question, by its id; undefined: the guide's again */
  constructor({ onTurn }: { onTurn: (question: string | undefined) => void }) {
    this.onTurn = onTurn;
  }

  /** Who speaks to all now, if anybody does. */
  set(attendee: string | undefined): void {
    if (attendee === this.speaker) return;
    this.speaker = attendee;
    if (attendee === undefined) return this.onTurn(undefined);
    const id = newQuestionId();
    this.ids.delete(attendee);
    this.ids.set(attendee, id);
    const [oldest] = this.ids.keys();
    if (oldest !== undefined && this.ids.size > MOST_REMEMBERED) this.ids.delete(oldest);
    this.onTurn(id);
  }

  /** What they have said has been written down. @returns the id that it has in the captions, once. */
  take(attendee: string): string | undefined {
    const id = this.ids.get(attendee);
    this.ids.delete(attendee);
    return id;
  }
}
