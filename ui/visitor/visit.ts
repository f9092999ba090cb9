import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AttendeeEvent, AttendeeMessage } from '../../appliance/protocol/events.ts';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { CaptionLine, ChannelView, TourView } from '../../appliance/protocol/views.ts';
import { withCaption, withSnapshot } from '../captions/caption-log.ts';
import { join, tourByCode, toursOpenNow } from '../link/api/visitors.ts';
import { EventsSocket } from '../link/events-socket.ts';
import { parseAttendeeEvent } from '../link/messages.ts';
import { asLinkError, LinkError, type LinkCode } from '../link/problem.ts';
import type { Quality } from '../link/connection-quality.ts';
import type { SdpEndpoint } from '../link/sdp-exchange.ts';
import { WhepClient } from '../link/whep-client.ts';
import { languagesOf, preferredLanguage } from './choose-language/preferred-language.ts';
import { codeInAddress } from './enter-code/code-in-address.ts';
import { recall, recallEntryCode, remember, rememberEntryCode } from './memory.ts';

/** `arriving`: the box is being asked. `code`: no tour yet. `tour`: languages to choose. `listening`: captions fill the page. */
export type Stage = 'arriving' | 'code' | 'tour' | 'listening';

/** These pass by themselves: the sound is tried again, and the page says that the connection is lost. */
const PASSING: ReadonlySet<LinkCode> = new Set<LinkCode>([
  'box_unreachable',
  'token_invalid',
  'internal',
  'too_many_attempts',
  'listener_not_found',
]);

export interface VisitOptions {
  readonly onStream: (stream: MediaStream) => void;
  /** The sound is no longer wanted: by the visitor, or because the tour is over. */
  readonly onStop: () => void;
}

/** One visitor's way through one tour: find it, choose a language, listen, switch, stop. */
export class Visit implements ReactiveController {
  stage: Stage = 'arriving';
  tour: TourView | undefined;
  /** The only tour open on this box, when there is just one. */
  openTour: TourView | undefined;
  language = '';
  /** What the guide sees of this visitor; '' for nothing. */
  name = recall('name') ?? '';
  /** Beside the tour's code, where a guide asks for it. It is asked for when the box asks. */
  entryCode = '';
  entryCodeAsked = false;
  /** What was proposed at first: the list begins with it, and keeps its order from then on. */
  proposed = '';
  captions: readonly CaptionLine[] = [];
  problem: LinkError | undefined;
  quality: Quality = 'unknown';
  listening = false;
  /** The box has no room for this phone's sound; the captions go on, and it is asked again. */
  full = false;
  readonly socket: EventsSocket<AttendeeEvent, AttendeeMessage>;
  readonly whep: WhepClient;
  private readonly host: ReactiveControllerHost;
  private readonly options: VisitOptions;
  private joined: Promise<JoinAnswer> | undefined;

  constructor(host: ReactiveControllerHost, options: VisitOptions) {
    this.host = host;
    this.options = options;
    host.addController(this);
    this.socket = new EventsSocket(host, {
      parse: parseAttendeeEvent,
      onEvent: (event) => this.hear(event),
      onRefused: () => this.rejoin(),
    });
    this.whep = new WhepClient(host, {
      endpoint: (renew) => this.endpoint(renew),
      onStream: options.onStream,
      onProblem: (problem) => this.meet(problem),
    });
  }

  hostConnected(): void {
    void this.arrive();
  }

  async arrive(): Promise<void> {
    const code = codeInAddress(location.pathname);
    if (code !== undefined) return this.find(code);
    this.show({ stage: 'arriving', problem: undefined });
    try {
      const open = await toursOpenNow();
      this.show({ stage: 'code', openTour: open.length === 1 ? open[0] : undefined });
    } catch (error) {
      this.show({ stage: 'code', problem: asLinkError(error) });
    }
  }

  async find(code: string): Promise<void> {
    this.show({ stage: this.stage === 'code' ? 'code' : 'arriving', problem: undefined });
    try {
      const tour = await tourByCode(code);
      const known = recall('language');
      const language = preferredLanguage(tour, [...(known ? [known] : []), ...navigator.languages]);
      history.replaceState(null, '', `/j/${encodeURIComponent(tour.code)}`);
      this.entryCode = recallEntryCode(tour.code);
      this.show({ stage: 'tour', tour, language, proposed: language, entryCodeAsked: false });
    } catch (error) {
      this.show({ stage: 'code', problem: asLinkError(error) });
    }
  }

  /** Call it inside a gesture: browsers let sound begin only then. */
  listen(): void {
    this.show({ stage: 'listening', listening: true, problem: undefined, full: false });
    this.whep.start();
  }

  /** Who comes, before they listen. */
  introduce({ name, entryCode }: { name: string; entryCode: string }): void {
    // The box knew them by another name, or did not let them in: it is asked again.
    if (name !== this.name || entryCode !== this.entryCode) this.joined = undefined;
    Object.assign(this, { name, entryCode });
    remember('name', name);
  }

  stop(): void {
    this.whep.stop();
    this.show({ listening: false });
    this.options.onStop();
  }

  /** Shown at once; the box follows, or hears of it in the next connection. */
  choose(language: string): void {
    this.show({ language });
    remember('language', language);
    this.socket.send({ type: 'language', language });
  }

  /** Back to the code: another tour. */
  leave(): void {
    this.stop();
    this.socket.close();
    this.joined = undefined;
    history.replaceState(null, '', '/');
    this.show({ tour: undefined, captions: [] });
    void this.arrive();
  }

  get channel(): ChannelView | undefined {
    return this.tour?.channels.find((channel) => channel.language === this.language);
  }

  /** A box that was switched off and on remembers the language of the join: it is told what is shown now. */
  private inMyLanguage(path: string): string {
    return `${path}${path.includes('?') ? '&' : '?'}language=${encodeURIComponent(this.language)}`;
  }

  private async endpoint(renew: boolean): Promise<SdpEndpoint> {
    const { whep, token } = await this.join(renew);
    return { url: this.inMyLanguage(whep), token };
  }

  /** Once for everyone who asks, until it failed or is asked anew. */
  private join(renew: boolean): Promise<JoinAnswer> {
    if (!renew && this.joined) return this.joined;
    const joined = this.askToJoin(() => this.joined === joined);
    this.joined = joined;
    return joined;
  }

  private async askToJoin(current: () => boolean): Promise<JoinAnswer> {
    try {
      const { tour, language, name, entryCode } = this;
      const answer = await join({
        code: tour?.code ?? '',
        language,
        ...(name !== '' && { name }),
        ...(entryCode !== '' && { entryCode }),
      });
      if (entryCode !== '') rememberEntryCode(answer.tour.code, entryCode);
      this.entryCodeAsked = false;
      if (current()) {
        this.show({ tour: answer.tour });
        this.socket.open(() => this.inMyLanguage(answer.events));
      }
      return answer;
    } catch (error) {
      if (current()) this.joined = undefined;
      throw error;
    }
  }

  /** The box no longer knows this visit, or is away: a new join tells which. */
  private rejoin(): void {
    this.join(true).catch((error: unknown) => this.meet(asLinkError(error)));
  }

  private hear(event: AttendeeEvent): void {
    switch (event.type) {
      case 'tour':
        this.show({ tour: event.tour, captions: withSnapshot(this.captions, event.captions) });
        if (event.language !== this.language) this.socket.send({ type: 'language', language: this.language });
        this.checkTour();
        break;
      case 'tour-changed':
        if (this.tour) this.show({ tour: { ...this.tour, ...definedOf(event.changes) } });
        this.checkTour();
        break;
      case 'caption':
        this.show({ captions: withCaption(this.captions, event) });
        break;
      case 'channel':
        this.showChannel(event);
        break;
      case 'listener':
        this.show({ quality: event.quality, ...(event.state === 'connected' && { full: false }) });
        // The box has lost the connection and says so; waiting for the phone to notice would take seconds.
        if (event.state === 'closed' && this.listening) this.whep.lost();
        break;
      case 'error':
        if (event.code === 'token_invalid') this.rejoin();
        else this.meet(new LinkError(event.code, event.message));
        break;
    }
  }

  private showChannel({ language, state, lagMs, rough }: ChannelView): void {
    if (!this.tour) return;
    const others = this.tour.channels.filter((channel) => channel.language !== language);
    this.show({ tour: { ...this.tour, channels: [...others, { language, state, lagMs, rough }] } });
  }

  /** The guide may take a language away, or end the tour, while someone listens. */
  private checkTour(): void {
    const { tour } = this;
    if (!tour) return;
    if (tour.state === 'ended' && this.listening) this.stop();
    else if (!languagesOf(tour).includes(this.language)) this.choose(tour.floorLanguage);
  }

  private meet(problem: LinkError): boolean {
    const guessing = this.entryCodeAsked && problem.code === 'too_many_attempts';
    if (PASSING.has(problem.code) && !guessing) return true;
    if (problem.code === 'listeners_full') {
      this.show({ full: true });
      return true;
    }
    if (problem.code === 'entry_code_needed' || problem.code === 'wrong_entry_code') {
      // Asked for at first, it is a question, not a mistake.
      const wrong = problem.code === 'wrong_entry_code' || this.entryCodeAsked;
      this.backToTour({ entryCodeAsked: true, problem: wrong ? problem : undefined });
      return false;
    }
    if (problem.code === 'attendee_removed' || guessing) {
      this.backToTour({ problem });
      return false;
    }
    if (problem.code === 'tour_over' && this.tour) {
      this.show({ tour: { ...this.tour, state: 'ended' } });
      this.checkTour();
      return false;
    }
    this.show({ problem });
    return false;
  }

  /** The box does not let them listen. */
  private backToTour(change: Pick<Parameters<Visit['show']>[0], 'problem' | 'entryCodeAsked'>): void {
    this.stop();
    this.socket.close();
    this.joined = undefined;
    this.show({ stage: 'tour', captions: [], ...change });
  }

  private show(
    change: Partial<
      Pick<
        Visit,
        | 'stage'
        | 'tour'
        | 'openTour'
        | 'language'
        | 'proposed'
        | 'captions'
        | 'problem'
        | 'quality'
        | 'listening'
        | 'full'
        | 'entryCodeAsked'
      >
    >,
  ): void {
    Object.assign(this, change);
    this.host.requestUpdate();
  }
}

type TourChanges = Extract<AttendeeEvent, { type: 'tour-changed' }>['changes'];

/** A delta names only what changed; a field that is there but undefined changes nothing. */
function definedOf(changes: TourChanges): Partial<TourView> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
