import type { IncomingMessage } from 'node:http';
import type { AttendeePass, Tokens } from '../../account/tokens.ts';
import type { Listeners } from '../../listener/listeners.ts';
import type { Paces } from '../../pace/paces.ts';
import { namedLanguage } from '../../protocol/languages.ts';
import type { TourDeskView } from '../../protocol/views.ts';
import type { Qualities } from '../../quality/qualities.ts';
import type { Streams } from '../../stream/streams.ts';
import type { Tours } from '../../tour/tours.ts';
import { type Access, expectTheirs, expectTheirTour, type SignedIn } from '../access.ts';
import type { DeskViews } from '../desk-views.ts';
import { openAttendeeSocket } from './attendee-desk.ts';
import type { BoxNews } from './box-news.ts';
import { CLOSE } from './close-codes.ts';
import { openGuideSocket } from './guide-desk.ts';
import type { AttendeeSide, DeskSide } from './side.ts';
import type { PageConnection, PageSocket } from './page-connection.ts';

export interface EventDesksOptions {
  readonly access: Access;
  readonly tokens: Tokens;
  readonly tours: Tours;
  readonly listeners: Listeners;
  readonly streams: Streams;
  readonly paces: Paces;
  readonly qualities: Qualities;
  readonly deskViews: DeskViews;
  readonly boxNews: BoxNews;
  readonly attendeeSides: readonly AttendeeSide[];
  readonly deskSides: readonly DeskSide[];
}

interface OpenDesk {
  readonly who: SignedIn;
  readonly events: ReturnType<typeof openGuideSocket>;
}

/** Who is told of a tour's events, whatever these travel on, and for how long. */
export class EventDesks {
  private readonly options: EventDesksOptions;
  private readonly desks = new Set<OpenDesk>();

  constructor(options: EventDesksOptions) {
    this.options = options;
    options.access.subscribe(() => this.sweep());
  }

  /**
   * Who shows a token is an attendee; who shows none is a guide, by cookie.
   * @throws UbizoError `token_invalid`, `not_signed_in`, `forbidden`, `not_your_tour`, `tour_not_found`.
   */
  async prepare(request: IncomingMessage, url: URL, id: string): Promise<(page: PageConnection) => void> {
    const { access, tours, tokens } = this.options;
    const token = url.searchParams.get('token');
    if (token === null) {
      const who = await access.guide(request);
      expectTheirs(who, tours.get(id).record);
      return this.forGuide(who, id);
    }
    const who = await tokens.verify('attendee', token);
    expectTheirTour(who, id);
    return this.forAttendee(who, url, id);
  }

  forGuide(who: SignedIn, id: string): (page: PageConnection) => void {
    const { tours, paces, qualities, deskViews, boxNews: box, deskSides: sides } = this.options;
    const tour = tours.get(id);
    const view = (): TourDeskView => deskViews.of(tour, who);
    return (page) => {
      const about = { pace: paces.of(id), quality: qualities.of(id) };
      this.keep(page.socket, { who, events: openGuideSocket({ page, tour, view, box, sides, ...about }) });
    };
  }

  forAttendee(who: AttendeePass, url: URL, id: string): (page: PageConnection) => void {
    const { tours, listeners, streams, paces, qualities, attendeeSides: sides } = this.options;
    const tour = tours.get(id);
    const language = namedLanguage(url.searchParams.get('language'));
    const listening = url.searchParams.get('listening') !== 'no';
    return (page) => {
      const about = { pace: paces.of(id), quality: qualities.of(id) };
      openAttendeeSocket({ page, who, language, listening, tour, listeners, streams, sides, ...about });
    };
  }

  private keep(socket: PageSocket, desk: OpenDesk): void {
    this.desks.add(desk);
    socket.once('close', () => this.desks.delete(desk));
  }

  /** Hangs up on guides who are no longer signed in, or may do less than before. */
  private sweep(): void {
    for (const { who, events } of this.desks) {
      if (this.options.access.stillIn(who)) continue;
      events.dismiss(CLOSE.signedOut, this.options.access.whyOut(who));
    }
  }
}
