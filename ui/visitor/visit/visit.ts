import type { ReactiveControllerHost } from 'lit';
import type { AttendeeEvent, AttendeeMessage } from '../../../appliance/protocol/events.ts';
import type { OpenTours } from '../../../appliance/protocol/arrival.ts';
import { tidyName } from '../../../appliance/protocol/text.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { Backoff } from '../../link/backoff.ts';
import { EventsSocket } from '../../link/events-socket.ts';
import { parseAttendeeEvent } from '../../link/messages.ts';
import { asLinkError, type LinkError } from '../../link/problem.ts';
import { Arrival } from '../arrival/arrival.ts';
import { Outside } from '../arrival/outside.ts';
import { Captions } from '../captions/captions.ts';
import { LanguageChoice } from '../choose-language/language-choice.ts';
import { Conversing } from '../conversation/conversing.ts';
import { Introduction, type Who } from '../introduce/introduction.ts';
import { Listening } from '../listen/listening.ts';
import { LockScreen } from '../listen/lock-screen.ts';
import { SoundQuality } from '../quality/sound-quality.ts';
import type { DoneAlready } from '../still/take-over.ts';
import { Joining } from './joining.ts';
import { refusalOf } from './refusal.ts';
import { VisitedTour } from './visited-tour.ts';

/** `asking`: the box looks for the tour. `code`: no tour yet. `entrance`: languages to choose. `listening`: captions fill the page. */
export type Stage = 'asking' | 'code' | 'entrance' | 'listening';

/**
 * One visitor's way through one tour. Everything that a visitor does has a controller of its own, which hears for
 * itself what the box tells; here they are put together, and here is what concerns several of them.
 */
export class Visit {
  readonly tour: VisitedTour;
  readonly language: LanguageChoice;
  readonly introduction: Introduction;
  readonly captions: Captions;
  readonly listening: Listening;
  readonly quality: SoundQuality;
  readonly lockScreen: LockScreen;
  readonly arrival: Arrival;
  readonly joining: Joining;
  readonly conversing: Conversing;
  private readonly host: ReactiveControllerHost;
  private readonly backoff = new Backoff();

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    const socket = new EventsSocket<AttendeeEvent, AttendeeMessage>(host, {
      parse: parseAttendeeEvent,
      watch: { proof: 'anything' },
      onRefused: () => this.joining.again(),
    });
    const tour = new VisitedTour(host, socket);
    const language = new LanguageChoice(host, { socket, tour });
    const introduction = new Introduction(host);
    const onProblem = (problem: LinkError): boolean => this.meet(problem);
    const listening = (): boolean => this.listening.on;
    const joining = new Joining({ socket, tour, language, introduction, listening, onProblem });
    const endpoint = joining.endpoint.bind(joining);
    this.tour = tour;
    this.language = language;
    this.introduction = introduction;
    this.joining = joining;
    this.quality = new SoundQuality(host, { socket, listening: () => this.listening });
    this.captions = new Captions(host, {
      socket,
      stopped: () => this.listening.state.is === 'stopped',
      sparing: () => this.quality.sparing,
    });
    this.listening = new Listening(host, {
      socket,
      tour,
      endpoint,
      token: () => joining.token(),
      enter: () => void this.comeIn(),
      chosen: () => language.chosen,
      onProblem,
      onUnprepared: (problem) => this.meetEarly(problem),
    });
    this.conversing = new Conversing(host, { socket, tour, language, joining, listening: this.listening });
    this.lockScreen = new LockScreen(host, { tour, language, listening: this.listening });
    this.arrival = new Arrival(host, (found) => this.enter(found));
    const outside = new Outside(host, {
      isOutside: () => this.stage === 'code' || (this.stage === 'entrance' && !joining.done),
      onOpen: (open) => this.tellOpen(open),
    });
    host.addController(outside);
  }

  get stage(): Stage {
    const { at } = this.arrival.state;
    if (at !== 'there') return at;
    return this.listening.state.is === 'before' ? 'entrance' : 'listening';
  }

  /** Call it inside a gesture. `who`: from where visitors introduce themselves. */
  listen(who?: Who): void {
    if (who && this.introduction.take(who)) {
      this.joining.forget();
      this.listening.unprepare();
    }
    this.listening.start();
  }

  /** The captions alone. `who`: as for {@link listen}. */
  read(who?: Who): void {
    if (who && this.introduction.take(who)) this.joining.forget();
    this.listening.read();
  }

  /** What they have done at the entrance already. */
  goOn({ language, name, tapped }: DoneAlready): void {
    if (language !== undefined && language !== this.language.chosen) this.language.choose(language);
    const { entryCode } = this.introduction;
    const who = name === undefined ? undefined : { name: tidyName(name), entryCode };
    if (tapped === 'listen') this.listen(who);
    else if (tapped === 'read') this.read(who);
  }

  /** Another tour. */
  leave(): void {
    this.turnBack();
    this.tour.show(undefined);
    void this.arrival.leave();
  }

  private tellOpen(open: OpenTours): void {
    this.arrival.tellOpen(open);
    const { view } = this.tour;
    if (view && this.stage === 'entrance') this.tour.follow(open.tours.find(({ id }) => id === view.id));
  }

  private enter(tour: TourView): void {
    this.language.propose(tour);
    this.introduction.begin(tour.code);
    this.listening.back();
    this.tour.show(tour);
    if (tour.state !== 'ended') void this.prepare();
  }

  /** The box is asked at once, and the connection made when the page stands: what is seen comes first. */
  private async prepare(): Promise<void> {
    const joined = this.joining.begin();
    // Whoever needs it next hears what was wrong.
    joined.catch(() => undefined);
    await this.host.updateComplete;
    if (this.stage === 'entrance' && this.tour.view?.state !== 'ended') this.listening.prepare();
  }

  /** Without sound. A box that is away is asked again, as for sound. */
  private async comeIn(): Promise<void> {
    try {
      await this.joining.begin();
      this.backoff.reset();
    } catch (error) {
      if (this.meet(asLinkError(error)))
        setTimeout(() => {
          if (this.listening.reading) void this.comeIn();
        }, this.backoff.nextMs());
    }
  }

  /** Ahead of the tap only that is said which changes what there is to do; all else, if it lasts, after it. */
  private meetEarly(problem: LinkError): void {
    const refusal = refusalOf(problem, false);
    if (refusal === 'entry-code') this.introduction.ask(true);
    else if (refusal === 'shut-out') this.turnBack(problem);
    else if (refusal === 'over') this.tour.end();
  }

  /** Whether the sound is to be tried again. */
  private meet(problem: LinkError): boolean {
    const refusal = refusalOf(problem, this.introduction.asked);
    switch (refusal) {
      case 'passing':
        return true;
      case 'full':
        this.listening.setFull(true);
        return true;
      case 'entry-code':
      case 'wrong-entry-code':
        this.introduction.ask(true);
        this.turnBack(refusal === 'wrong-entry-code' ? problem : undefined);
        return false;
      case 'shut-out':
        this.turnBack(problem);
        return false;
      case 'over':
        this.tour.end();
        return false;
      case 'other':
        this.listening.tell(problem);
        return false;
    }
  }

  private turnBack(problem?: LinkError): void {
    this.listening.back(problem);
    this.joining.forget();
    this.captions.clear();
  }
}
