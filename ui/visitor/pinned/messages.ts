import type { ReactiveControllerHost } from 'lit';
import type { ChatMessage } from '../../../appliance/protocol/chat.ts';
import type { AttendeeEvent } from '../../../appliance/protocol/events.ts';
import type { EventSource } from '../../link/handlers.ts';

/** What the guide has written to all: the pinned ones stand on top, all can be read again. */
export class Messages {
  /** The oldest first. */
  all: readonly ChatMessage[] = [];
  private readonly host: ReactiveControllerHost;
  private readonly read = new Set<string>();
  private readonly folded = new Set<string>();

  constructor(host: ReactiveControllerHost, { events }: { events: EventSource<AttendeeEvent> }) {
    this.host = host;
    events.on('chats', ({ messages }) => this.show(messages));
    events.on('chat', ({ message }) => {
      const at = this.all.findIndex(({ id }) => id === message.id);
      this.show(at < 0 ? [...this.all, message] : this.all.with(at, message));
    });
    events.on('chat-gone', ({ id }) => this.show(this.all.filter((each) => each.id !== id)));
  }

  /** The newest that is pinned. */
  get pinned(): ChatMessage | undefined {
    return this.all.findLast(({ pinned }) => pinned);
  }

  /** The pinned one takes a line only. */
  get isFolded(): boolean {
    return this.pinned !== undefined && this.folded.has(this.pinned.id);
  }

  get unread(): number {
    const { pinned } = this;
    // What stands on top in full is read there.
    return this.all.filter(({ id }) => !this.read.has(id) && id !== pinned?.id).length;
  }

  fold(folded: boolean): void {
    const { pinned } = this;
    if (!pinned) return;
    this.read.add(pinned.id);
    if (folded) this.folded.add(pinned.id);
    else this.folded.delete(pinned.id);
    this.host.requestUpdate();
  }

  /** All of them are on the screen. */
  look(): void {
    for (const { id } of this.all) this.read.add(id);
    this.host.requestUpdate();
  }

  private show(all: readonly ChatMessage[]): void {
    this.all = all;
    this.host.requestUpdate();
  }
}
