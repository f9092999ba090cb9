import type { ReactiveControllerHost } from 'lit';
import type { AttendeeEvent } from '../../../appliance/protocol/events.ts';
import type { Asking } from '../../../appliance/protocol/asking.ts';
import type { EventSource } from '../../link/handlers.ts';
import { canCapture } from '../../link/whip-client.ts';
import { Questions } from '../ask/questions.ts';
import { Speaking } from '../ask/speaking.ts';
import { Calling } from '../call/calling.ts';
import { Messages } from '../pinned/messages.ts';
import { Reactions } from '../react/reactions.ts';
import { TooFast } from '../too-fast/too-fast.ts';
import type { LanguageChoice } from '../choose-language/language-choice.ts';
import type { Listening } from '../listen/listening.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';
import type { Joining } from '../visit/joining.ts';
import type { VisitedTour } from '../visit/visited-tour.ts';
import { OwnVoice } from '../voice/own-voice.ts';
import { securePage } from '../voice/secure-page.ts';

export interface ConversationParts {
  readonly socket: AttendeeSocket;
  readonly tour: VisitedTour;
  /** In which the visitor hears and reads. */
  readonly language: Pick<LanguageChoice, 'chosen'>;
  readonly joining: Pick<Joining, 'token'>;
  readonly listening: Pick<Listening, 'on' | 'state' | 'sound'>;
}

/** All that goes from a visitor to the guide, and what the guide says to visitors beside the tour: put together here. */
export class Conversation {
  readonly parts: ConversationParts;
  readonly questions: Questions;
  readonly speaking: Speaking;
  readonly reactions: Reactions;
  readonly messages: Messages;
  readonly calling: Calling;
  readonly tooFast: TooFast;
  readonly voice: OwnVoice;
  /** Browsers give this page a microphone. */
  readonly possible = canCapture();
  /** Where they do, if they do not here; '' as long as it is not known. */
  secureUrl = '';
  /** Who was lost has told the guide. */
  helpSent = false;
  private readonly host: ReactiveControllerHost;

  constructor(
    host: ReactiveControllerHost,
    parts: ConversationParts & { readonly events: EventSource<AttendeeEvent> },
  ) {
    const { socket, events, joining, listening } = parts;
    const token = (): Promise<string> => joining.token();
    const tour = (): string => parts.tour.view?.id ?? '';
    this.host = host;
    this.parts = parts;
    this.voice = new OwnVoice(host, { tour, token });
    this.questions = new Questions(host, { events, socket, tour, token });
    this.speaking = new Speaking(host, {
      events,
      socket,
      voice: this.voice,
      sound: listening.sound.element,
      ducks: () => this.asking?.askerDucks ?? true,
    });
    this.calling = new Calling(host, { events, socket, voice: this.voice });
    this.reactions = new Reactions(host, { socket });
    this.messages = new Messages(host, { events });
    this.tooFast = new TooFast(host, { socket });
  }

  get asking(): Asking | undefined {
    return this.parts.tour.view?.asking;
  }

  /** Visitors may speak, where their page is given a microphone. */
  get byVoice(): boolean {
    return this.asking?.voice === true && this.asking.to !== 'off';
  }

  /** Whoever asks how to speak is told where they can. */
  async findSecurePage(): Promise<void> {
    if (this.possible || this.secureUrl !== '') return;
    this.secureUrl = (await securePage()) ?? '';
    this.host.requestUpdate();
  }

  async callForHelp(text: string): Promise<void> {
    this.helpSent = await this.questions.ask(text, { urgent: true });
    this.host.requestUpdate();
  }

  /** What was told of help is read. */
  helpClosed(): void {
    this.helpSent = false;
    this.calling.forget();
    this.questions.look(false);
  }
}
