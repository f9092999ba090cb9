import type { LanguageChoice } from '../choose-language/language-choice.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

export interface ReadingParts {
  readonly socket: AttendeeSocket;
  readonly language: LanguageChoice;
  /** Captions are on the screen. */
  readonly shown: () => boolean;
}

/** Tells the box whether this page shows captions: while it does, somebody writes them, and is perhaps paid for it. */
export class Reading {
  private readonly parts: ReadingParts;

  constructor(parts: ReadingParts) {
    this.parts = parts;
  }

  /** Captions have come onto the screen, or have gone from it. */
  tell(): void {
    const { socket, language, shown } = this.parts;
    socket.send({ type: 'reading', language: shown() ? language.chosen : null });
  }
}
