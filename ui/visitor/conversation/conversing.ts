import { nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { AttendeeEvent } from '../../../appliance/protocol/events.ts';
import { LoadedLater } from '../../elements/loaded-later.ts';
import { Handlers } from '../../link/handlers.ts';
import type * as Screen from './conversation-screen.ts';
import type { ConversationParts } from './conversation.ts';

const TOLD = [
  'questions',
  'question',
  'question-gone',
  'chats',
  'chat',
  'chat-gone',
  'floor',
  'call',
] as const satisfies readonly AttendeeEvent['type'][];

/** Events that are kept for what has not been fetched yet. */
const MOST = 500;

/** The conversation with the guide comes when the tour is heard or read; until then what the box tells of it is kept. */
export class Conversing implements ReactiveController {
  private readonly parts: ConversationParts;
  private readonly events = new Handlers<AttendeeEvent>();
  private readonly kept: AttendeeEvent[] = [];
  private readonly later: LoadedLater<{ screen: typeof Screen.screen; conversation: Screen.Conversation }>;

  constructor(host: ReactiveControllerHost, parts: ConversationParts) {
    this.parts = parts;
    this.later = new LoadedLater(host, async () => {
      const { Conversation, screen } = await import('./conversation-screen.ts');
      const events = { on: this.events.add.bind(this.events) };
      const conversation = new Conversation(host, { ...parts, events });
      for (const event of this.kept.splice(0)) this.events.tell(event);
      return { screen, conversation };
    });
    for (const type of TOLD) parts.socket.on(type, (event) => this.hear(event));
    // It could not be fetched before.
    parts.socket.on('tour', () => this.load(true));
    host.addController(this);
  }

  hostUpdated(): void {
    this.load(false);
  }

  /** A part of the page, as soon as there is one. */
  draw(what: 'aboveCaptions' | 'talkBar' | 'sheets') {
    const { part } = this.later;
    return part ? part.screen[what](part.conversation) : nothing;
  }

  /** Whose voice the tour is, if it is not the guide's. */
  floorWords(byAi: boolean): string {
    const { part } = this.later;
    return part ? part.screen.floorWords(part.conversation.speaking.floor, byAi) : '';
  }

  private load(again: boolean): void {
    if (this.parts.listening.state.is !== 'before') void this.later.load({ again });
  }

  private hear(event: AttendeeEvent): void {
    if (this.later.part) this.events.tell(event);
    else if (this.kept.length < MOST) this.kept.push(event);
  }
}
