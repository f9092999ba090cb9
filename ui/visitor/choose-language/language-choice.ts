import type { ReactiveControllerHost } from 'lit';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { remember } from '../memory.ts';
import { wishedChannels } from '../page-language/wishes.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';
import type { VisitedTour } from '../visit/visited-tour.ts';
import { languagesOf, preferredLanguage } from './preferred-language.ts';

/** The language in which a visitor hears and reads the tour. */
export class LanguageChoice {
  chosen = '';
  /** What was proposed at first: the list begins with it, and keeps its order from then on. */
  proposed = '';
  /** What was chosen, and the guide has taken off the tour; '' once another is chosen. */
  takenAway = '';
  private readonly host: ReactiveControllerHost;
  private readonly socket: AttendeeSocket;

  constructor(host: ReactiveControllerHost, parts: { socket: AttendeeSocket; tour: VisitedTour }) {
    this.host = host;
    this.socket = parts.socket;
    this.socket.on('tour', ({ language }) => {
      if (language !== this.chosen) this.tell();
    });
    // The guide may take a language away while someone listens.
    parts.tour.subscribe((tour) => {
      if (languagesOf(tour).includes(this.chosen)) return;
      this.takenAway = this.chosen;
      this.show(tour.floorLanguage);
    });
  }

  /** At the entrance of a tour: what this phone chose before, or what its browser asks for. */
  propose(tour: TourView): void {
    this.takenAway = '';
    this.chosen = this.proposed = preferredLanguage(tour, wishedChannels());
    this.host.requestUpdate();
  }

  /** Shown at once; the box follows, or hears of it in the next connection. */
  choose(language: string): void {
    remember('language', language);
    this.takenAway = '';
    this.show(language);
  }

  private show(language: string): void {
    this.chosen = language;
    this.tell();
    this.host.requestUpdate();
  }

  private tell(): void {
    this.socket.send({ type: 'language', language: this.chosen });
  }
}
