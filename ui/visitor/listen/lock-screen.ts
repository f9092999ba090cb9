import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languageName } from '../../../appliance/protocol/languages.ts';
import { LoadedLater } from '../../elements/loaded-later.ts';
import type { LanguageChoice } from '../choose-language/language-choice.ts';
import type * as Later from '../later.ts';
import type { VisitedTour } from '../visit/visited-tour.ts';
import type { Listening } from './listening.ts';

export interface LockScreenParts {
  readonly tour: VisitedTour;
  readonly language: LanguageChoice;
  readonly listening: Listening;
}

/** Keeps the phone's lock screen at what the page shows. What speaks to the phone comes after the first screen. */
export class LockScreen implements ReactiveController {
  private readonly parts: LockScreenParts;
  private readonly later: LoadedLater<typeof Later>;
  private playing = false;

  constructor(host: ReactiveControllerHost, parts: LockScreenParts) {
    this.parts = parts;
    this.later = new LoadedLater(host, () => import('../later.ts'));
    host.addController(this);
  }

  hostUpdated(): void {
    const { tour, language, listening } = this.parts;
    const playing = listening.on && !listening.sound.held;
    // Each time that the sound begins is another chance for what could not be fetched.
    const again = playing && !this.playing;
    this.playing = playing;
    const { part } = this.later;
    if (!part) void this.later.load({ again });
    else if (
      !tour.view ||
      tour.view.state === 'ended' ||
      listening.state.is === 'before' ||
      listening.reading
    )
      part.clearLockScreen();
    else {
      part.showOnLockScreen({
        title: tour.view.name,
        artist: languageName(language.chosen),
        playing,
        onPlay: () => listening.start(),
        onStop: () => listening.stop(),
      });
    }
  }
}
