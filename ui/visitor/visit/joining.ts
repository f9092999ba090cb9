import type { JoinAnswer } from '../../../appliance/protocol/requests.ts';
import { join } from '../../link/api/visitors.ts';
import { asLinkError, type LinkError } from '../../link/problem.ts';
import type { SdpEndpoint } from '../../link/sdp-exchange.ts';
import type { LanguageChoice } from '../choose-language/language-choice.ts';
import type { Introduction } from '../introduce/introduction.ts';
import type { AttendeeSocket } from './attendee-socket.ts';
import { joinRequest } from './join-request.ts';
import type { VisitedTour } from './visited-tour.ts';

export interface JoiningParts {
  readonly socket: AttendeeSocket;
  readonly tour: VisitedTour;
  readonly language: LanguageChoice;
  readonly introduction: Introduction;
  /** False: the visitor has not tapped yet. */
  readonly listening: () => boolean;
  /** Why the box did not take this visitor back. */
  readonly onProblem: (problem: LinkError) => void;
}

/** The box lets a visitor into the tour: one join for the sound and the events, until it is good no more. */
export class Joining {
  private readonly parts: JoiningParts;
  /** The box has let the visitor in. */
  done = false;
  private joined: Promise<JoinAnswer> | undefined;

  constructor(parts: JoiningParts) {
    this.parts = parts;
    parts.socket.on('error', ({ code }) => {
      if (code === 'token_invalid') this.again();
    });
  }

  /** Ahead of whoever needs it. @throws LinkError why the visitor is not let in. */
  async begin(): Promise<void> {
    await this.join(false);
  }

  /** Where the sound is had. `renew`: the token of the last answer was refused. */
  async endpoint(renew: boolean): Promise<SdpEndpoint> {
    const { whep, token, iceServers } = await this.join(renew);
    return { url: this.asIAm(whep), token, iceServers };
  }

  /** The visitor's pass. */
  async token(): Promise<string> {
    return (await this.join(false)).token;
  }

  /** The box no longer knows this visit, or is away: a new join tells which. */
  again(): void {
    this.join(true).catch((error: unknown) => this.parts.onProblem(asLinkError(error)));
  }

  /** The next to ask joins anew. */
  forget(): void {
    this.parts.socket.close();
    this.joined = undefined;
    this.done = false;
  }

  /**
   * A box that was switched off and on remembers the language of the join: it is told what is shown now. And whether
   * the visitor listens: who has not tapped yet costs nothing.
   */
  private asIAm(path: string): string {
    const { language, listening } = this.parts;
    const query = new URLSearchParams({
      language: language.chosen,
      ...(!listening() && { listening: 'no' }),
    });
    return `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`;
  }

  /** Once for everyone who asks, until it failed or is asked anew. */
  private join(renew: boolean): Promise<JoinAnswer> {
    if (!renew && this.joined) return this.joined;
    const before = this.done ? this.joined : undefined;
    const joined = this.ask(() => this.joined === joined, before);
    this.joined = joined;
    return joined;
  }

  /** `before`: a join that may still be good; a box that is out of reach says nothing about it. */
  private async ask(current: () => boolean, before?: Promise<JoinAnswer>): Promise<JoinAnswer> {
    const { socket, tour, language, introduction } = this.parts;
    try {
      const { name, entryCode } = introduction;
      const answer = await join(
        joinRequest({ code: tour.view?.code ?? '', language: language.chosen, name, entryCode }),
      );
      introduction.accepted(answer.tour.code, entryCode);
      if (current()) {
        this.done = true;
        tour.show(answer.tour);
        socket.open(() => this.asIAm(answer.events));
      }
      return answer;
    } catch (error) {
      if (current()) {
        if (before && asLinkError(error).code === 'box_unreachable') this.joined = before;
        else this.forget();
      }
      throw error;
    }
  }
}
