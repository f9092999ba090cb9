import type { ReactiveControllerHost } from 'lit';
import type { ChatMessage } from '../../../../appliance/protocol/chat.ts';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { Reaction } from '../../../../appliance/protocol/questions.ts';
import type { EventSource } from '../../../link/handlers.ts';

/** What the guide has written to all, the newest first, and how visitors react. */
export class Chat {
  messages: readonly ChatMessage[] = [];
  /** Of the last ten seconds. */
  reactions: Readonly<Partial<Record<Reaction, number>>> = {};
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost, socket: EventSource<GuideEvent>) {
    this.host = host;
    socket.on('chats', ({ messages }) => this.show(messages.toReversed()));
    socket.on('chat', ({ message }) => this.keep(message));
    socket.on('chat-gone', ({ id }) => this.show(this.messages.filter((each) => each.id !== id)));
    socket.on('reactions', ({ counts }) => {
      this.reactions = counts;
      host.requestUpdate();
    });
  }

  forget(): void {
    this.reactions = {};
    this.show([]);
  }

  /** A new one, or one that has changed, in its old place. */
  keep(message: ChatMessage): void {
    const known = this.messages.some(({ id }) => id === message.id);
    this.show(
      known
        ? this.messages.map((each) => (each.id === message.id ? message : each))
        : [message, ...this.messages],
    );
  }

  private show(messages: readonly ChatMessage[]): void {
    this.messages = messages;
    this.host.requestUpdate();
  }
}
