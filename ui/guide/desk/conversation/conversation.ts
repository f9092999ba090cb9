import type { ReactiveControllerHost } from 'lit';
import { ChatCalls } from '../chat/chat-calls.ts';
import { Chat } from '../chat/chat.ts';
import type { DeskSocket } from '../desk-socket.ts';
import { Earphone } from '../earphone/earphone.ts';
import { DeskFloor } from '../floor/desk-floor.ts';
import { PrivateCalls } from '../private-calls/private-calls.ts';
import { QuestionCalls } from '../questions/question-calls.ts';
import { Questions } from '../questions/questions.ts';
import { Bell } from './bell.ts';
import { Requests } from './requests.ts';

export interface ConversationParts {
  readonly socket: DeskSocket;
  /** The id of the tour on the desk. */
  readonly tour: () => string | undefined;
  readonly onSignedOut: () => void;
}

/** What goes the other way: visitors ask, speak and call, and the guide answers. */
export class Conversation {
  readonly requests: Requests;
  readonly bell: Bell;
  readonly questions: Questions;
  readonly questionCalls: QuestionCalls;
  readonly chat: Chat;
  readonly chatCalls: ChatCalls;
  readonly earphone: Earphone;
  readonly floor: DeskFloor;
  readonly calls: PrivateCalls;

  constructor(host: ReactiveControllerHost, { socket, tour, onSignedOut }: ConversationParts) {
    this.requests = new Requests(host, { tour, onSignedOut });
    this.bell = new Bell(host);
    this.questions = new Questions(host, { socket, onNew: () => this.bell.question() });
    this.questionCalls = new QuestionCalls(this.requests, tour);
    this.chat = new Chat(host, socket);
    this.chatCalls = new ChatCalls(this.requests, this.chat);
    this.earphone = new Earphone(host, { tour, onProblem: (problem) => this.requests.tell(problem) });
    this.floor = new DeskFloor(host, { socket, onNew: () => this.bell.question() });
    this.calls = new PrivateCalls(host, {
      socket,
      earphone: this.earphone,
      onRing: () => this.bell.call(),
    });
  }

  /** Another tour is on the desk. */
  forget(): void {
    this.requests.tell(undefined);
    this.questions.forget();
    this.chat.forget();
    this.earphone.stop();
    this.floor.forget();
    this.calls.forget();
  }
}
