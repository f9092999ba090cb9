import type { ReactiveControllerHost } from 'lit';
import type { GuideEvent, GuideMessage } from '../../../appliance/protocol/events.ts';
import type { TourPatch } from '../../../appliance/protocol/requests.ts';
import type {
  AttendeeView,
  CaptionLine,
  ChannelDeskView,
  TourDeskView,
} from '../../../appliance/protocol/views.ts';
import { withCaption, withSnapshot } from '../../captions/caption-log.ts';
import { entrance } from '../../link/api/entrance.ts';
import { changeTour, deskEventsPath, removeAttendee, takeStep, type TourStep } from '../../link/api/tours.ts';
import { EventsSocket } from '../../link/events-socket.ts';
import { parseGuideEvent } from '../../link/messages.ts';
import { asLinkError, LinkError } from '../../link/problem.ts';
import { Levels } from '../microphone/levels.ts';

/** One tour as its guide runs it: what the box tells, and what the guide does about it. */
export class Desk {
  tour: TourDeskView | undefined;
  problem: LinkError | undefined;
  /** By language; another map after each change, so that Lit sees it. */
  captions: ReadonlyMap<string, readonly CaptionLine[]> = new Map();
  /** A step was asked for and not yet answered. */
  busy = false;
  readonly levels = new Levels();
  readonly socket: EventsSocket<GuideEvent, GuideMessage>;
  private readonly host: ReactiveControllerHost;
  private readonly onSignedOut: () => void;
  /** What the guide last asked for. It is asked again after a lost connection: a guide must never be heard unknowingly. */
  private wantedMute: boolean | undefined;

  constructor(host: ReactiveControllerHost, onSignedOut: () => void) {
    this.host = host;
    this.onSignedOut = onSignedOut;
    this.socket = new EventsSocket(host, {
      parse: parseGuideEvent,
      onEvent: (event) => this.hear(event),
      onRefused: () => void this.checkSignIn(),
    });
  }

  open(id: string): void {
    this.tour = undefined;
    this.problem = undefined;
    this.wantedMute = undefined;
    this.captions = new Map();
    this.socket.open(deskEventsPath(id));
    this.host.requestUpdate();
  }

  captionsOf(language: string): readonly CaptionLine[] {
    return this.captions.get(language) ?? [];
  }

  get listeners(): number {
    return this.tour?.channels.reduce((sum, channel) => sum + channel.listeners, 0) ?? 0;
  }

  take(step: TourStep): Promise<void> {
    return this.ask((id) => takeStep(id, step));
  }

  change(patch: TourPatch): Promise<void> {
    return this.ask((id) => changeTour(id, patch));
  }

  /** They disappear from the list when the box says so. */
  remove(attendee: string): Promise<void> {
    return this.attempt(async (id) => removeAttendee(id, attendee));
  }

  mute(muted: boolean): void {
    if (!this.tour || (this.wantedMute ?? this.tour.muted) === muted) return;
    this.wantedMute = muted;
    this.show({ ...this.tour, muted });
    this.socket.send({ type: 'mute', muted });
  }

  private ask(call: (id: string) => Promise<TourDeskView>): Promise<void> {
    return this.attempt(async (id) => {
      this.tour = await call(id);
    });
  }

  private async attempt(call: (id: string) => Promise<void>): Promise<void> {
    if (!this.tour) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    try {
      await call(this.tour.id);
    } catch (error) {
      this.problem = asLinkError(error);
      if (this.problem.code === 'not_signed_in') this.onSignedOut();
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  private hear(event: GuideEvent): void {
    switch (event.type) {
      case 'tour':
        this.keepAll(event.captions);
        this.show(event.tour);
        this.repeatMute(event.tour);
        break;
      case 'tour-changed':
        if (this.tour) this.show({ ...this.tour, ...definedOf(event.changes) });
        if (event.changes.muted === this.wantedMute) this.wantedMute = undefined;
        break;
      case 'caption':
        this.keep(event.language, withCaption(this.captionsOf(event.language), event));
        break;
      case 'channel':
        if (this.tour) this.show({ ...this.tour, channels: withChannel(this.tour.channels, event) });
        break;
      case 'microphone': {
        const { type: _, ...microphone } = event;
        if (this.tour) this.show({ ...this.tour, microphone });
        break;
      }
      case 'attendees':
        if (this.tour) this.show({ ...this.tour, attendees: withAttendees(this.tour.attendees, event) });
        break;
      case 'level':
        // Ten a second: straight to the meter, without drawing the desk again.
        this.levels.publish(event);
        break;
      case 'error':
        this.problem = new LinkError(event.code, event.message);
        this.host.requestUpdate();
        break;
    }
  }

  private keep(language: string, lines: readonly CaptionLine[]): void {
    this.captions = new Map(this.captions).set(language, lines);
    this.host.requestUpdate();
  }

  private keepAll(lines: readonly CaptionLine[]): void {
    for (const language of new Set(lines.map((line) => line.language))) {
      const own = lines.filter((line) => line.language === language);
      this.keep(language, withSnapshot(this.captionsOf(language), own));
    }
  }

  private repeatMute(tour: TourDeskView): void {
    const wanted = this.wantedMute;
    this.wantedMute = undefined;
    if (wanted !== undefined && wanted !== tour.muted) this.mute(wanted);
  }

  private async checkSignIn(): Promise<void> {
    try {
      if (!(await entrance()).signedIn) this.onSignedOut();
    } catch {
      // The box is away; the socket goes on trying.
    }
  }

  private show(tour: TourDeskView): void {
    this.tour = tour;
    this.host.requestUpdate();
  }
}

/** Whoever is known already keeps their place in the list. */
function withAttendees(
  attendees: readonly AttendeeView[],
  { changed, gone }: Pick<Extract<GuideEvent, { type: 'attendees' }>, 'changed' | 'gone'>,
): AttendeeView[] {
  const byId = new Map([...attendees, ...changed].map((attendee) => [attendee.id, attendee]));
  for (const id of gone) byId.delete(id);
  return [...byId.values()];
}

type ChannelEvent = Extract<GuideEvent, { type: 'channel' }>;

/** The new state in the channel's old place; a problem that is no longer named is over. */
function withChannel(channels: readonly ChannelDeskView[], event: ChannelEvent): ChannelDeskView[] {
  const { language, state, lagMs, rough, listeners, problem } = event;
  const old = channels.find((channel) => channel.language === language);
  const channel: ChannelDeskView = {
    language,
    state,
    lagMs,
    rough,
    listeners: listeners ?? old?.listeners ?? 0,
    ...(problem && { problem }),
  };
  return old ? channels.map((known) => (known === old ? channel : known)) : [...channels, channel];
}

/** A delta names only what changed; a field that is there but undefined changes nothing. */
function definedOf(changes: Extract<GuideEvent, { type: 'tour-changed' }>['changes']): Partial<TourDeskView> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
