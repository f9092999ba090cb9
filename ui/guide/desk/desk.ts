import type { ReactiveControllerHost } from 'lit';
import type { BoxUse } from '../../../appliance/protocol/box-state.ts';
import type { GuideMessage } from '../../../appliance/protocol/events.ts';
import type { GuideEvent } from '../../../appliance/protocol/guide-events.ts';
import type { BoxView } from '../../../appliance/protocol/views.ts';
import { box } from '../../link/api/box.ts';
import { entrance } from '../../link/api/entrance.ts';
import { deskEventsPath } from '../../link/api/tours.ts';
import { EventsSocket } from '../../link/events-socket.ts';
import { parseGuideEvent } from '../../link/guide-messages.ts';
import type { LinkCode } from '../../link/problem.ts';
import type { PutOut } from '../out-words.ts';
import { Conversation } from './conversation/conversation.ts';
import type { DeskSocket } from './desk-socket.ts';
import { Pace } from './pace/pace.ts';
import { SoundQuality } from './quality/sound-quality.ts';
import { Said } from './said/said.ts';
import { SoundWatch } from './state/sound-watch.ts';
import { Mute } from './talk/mute.ts';
import { DeskCalls } from './tour/desk-calls.ts';
import { DeskTour } from './tour/desk-tour.ts';

/** There is one desk, and its guide must know. */
const DESK_WATCH = { proof: 'answer', longestWaitMs: 2_000 } as const;

/**
 * One tour as its guide runs it. What several panels need is here; a panel that needs more has a controller of its
 * own, which hears for itself what the box tells on {@link socket}.
 */
export class Desk {
  readonly socket: DeskSocket;
  readonly tour: DeskTour;
  readonly calls: DeskCalls;
  readonly quality: SoundQuality;
  readonly said: Said;
  readonly pace: Pace;
  readonly mute: Mute;
  readonly sound: SoundWatch;
  readonly conversation: Conversation;
  /** What the box is made of: microphones to choose from, languages it can do. */
  box: BoxView | undefined;
  /** How much of it all tours use. */
  use: BoxUse | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly onSignedOut: (out: PutOut) => void;
  /** The last that the box told before it hung up. */
  private lastError: LinkCode = 'not_signed_in';

  constructor(host: ReactiveControllerHost, onSignedOut: (out: PutOut) => void) {
    this.host = host;
    this.onSignedOut = onSignedOut;
    const socket = new EventsSocket<GuideEvent, GuideMessage>(host, {
      parse: parseGuideEvent,
      watch: DESK_WATCH,
      onRefused: () => void this.checkSignIn(),
    });
    const tour = new DeskTour(host, socket);
    this.socket = socket;
    this.tour = tour;
    this.calls = new DeskCalls(host, { socket, tour, onSignedOut: () => onSignedOut(this.putOut) });
    socket.on('error', ({ code }) => (this.lastError = code));
    socket.on('box', (use) => {
      this.use = use;
      host.requestUpdate();
    });
    socket.on('tour', () => (this.lastError = 'not_signed_in'));
    this.quality = new SoundQuality(host, socket);
    this.said = new Said(host, socket);
    this.pace = new Pace(host, { socket });
    // After the tour: it compares with what the box says now.
    this.mute = new Mute(host, { socket, tour });
    this.sound = new SoundWatch(host, { socket, tour });
    this.conversation = new Conversation(host, {
      socket,
      tour: () => tour.view?.id,
      onSignedOut: () => onSignedOut(this.putOut),
    });
  }

  open(id: string): void {
    this.tour.show(undefined);
    this.calls.tell(undefined);
    this.mute.forget();
    this.said.clear();
    this.quality.forget();
    this.conversation.forget();
    this.socket.open(deskEventsPath(id));
  }

  async loadBox(): Promise<void> {
    try {
      this.box = await box();
      this.host.requestUpdate();
    } catch {
      // The desk works without it; the events socket tells what is wrong with the box.
    }
  }

  private get putOut(): PutOut {
    const { view } = this.tour;
    const goesOn = view?.state === 'live' || view?.state === 'paused';
    const tour = view && goesOn ? { name: view.name, guide: view.guide?.name ?? '' } : undefined;
    return { code: this.lastError, ...(tour?.guide && { tour }) };
  }

  private async checkSignIn(): Promise<void> {
    try {
      if (!(await entrance()).signedIn) this.onSignedOut(this.putOut);
    } catch {
      // The box is away; the socket goes on trying.
    }
  }
}
