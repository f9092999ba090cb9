import type { Turn, Wish } from './holder.ts';
import type { FloorVoice, Talker } from '../protocol/talk.ts';

/** Who speaks and who would like to. Times: ms since the epoch. */
export interface TalkState {
  readonly holder: (Talker & { readonly endsAt: number }) | undefined;
  /** The next one first. */
  readonly queue: readonly Talker[];
  /** Whose voice the tour is. */
  readonly voice: FloorVoice;
}

export interface TalkStateParts {
  readonly turn: Turn | undefined;
  readonly queue: readonly Wish[];
  readonly voice: FloorVoice;
  /** What is known of a visitor. */
  readonly visitor: (attendee: string) => { readonly name?: string | undefined; readonly language: string };
  /** Whether the guide can be given these words in the guide's language. */
  readonly interpreted: (language: string) => boolean;
  /** Ms since the epoch, of a moment of the turns' clock. */
  readonly epoch: (at: number) => number;
}

export function talkState({ turn, queue, voice, visitor, interpreted, epoch }: TalkStateParts): TalkState {
  const talker = ({ attendee, to, at }: Wish): Talker => {
    const { name, language } = visitor(attendee);
    return {
      attendee,
      ...(name !== undefined && { name }),
      language,
      to,
      interpreted: interpreted(language),
      at: epoch(at),
    };
  };
  return {
    holder: turn && { ...talker(turn), endsAt: epoch(turn.endsAt) },
    queue: queue.map(talker),
    voice,
  };
}
