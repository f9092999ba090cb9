import { LitElement } from 'lit';
import type { AttendeeEvent, AttendeeMessage } from '../../../../appliance/protocol/events.ts';
import type { VisitorQuestion } from '../../../../appliance/protocol/questions.ts';
import { FakeEvents } from '../../fake-box/fake-events.ts';

class ConversationHost extends LitElement {}
customElements.define('conversation-host', ConversationHost);

/** An element for controllers, in the page. */
export function standingHost(): LitElement {
  const host = new ConversationHost();
  document.body.append(host);
  return host;
}

/** The box's end of a visitor's socket. */
export class FakeTalk extends FakeEvents<AttendeeEvent> {
  readonly sent: AttendeeMessage[] = [];

  readonly send = (message: AttendeeMessage): boolean => {
    this.sent.push(message);
    return true;
  };
}

export function question(change: Partial<VisitorQuestion> = {}): VisitorQuestion {
  return {
    id: 'q1',
    mine: false,
    text: 'How old is the bridge?',
    by: 'model',
    original: '橋はどのくらい古いですか？',
    language: 'ja',
    state: 'shown',
    seen: true,
    votes: 0,
    voted: false,
    at: 1,
    ...change,
  };
}
