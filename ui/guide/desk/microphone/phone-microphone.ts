import type { ReactiveControllerHost } from 'lit';
import type { MicrophoneView, TourDeskView } from '../../../../appliance/protocol/views.ts';
import { phoneMicrophonePath, phoneSocketPath } from '../../../link/api/tours.ts';
import type { PeerStatus } from '../../../link/peer-session.ts';
import type { LinkError } from '../../../link/problem.ts';
import { WhipClient, type CaptureProblem } from '../../../link/whip-client.ts';
import { StayAwake } from '../../../stay-awake/stay-awake.ts';

/**
 * The guide's phone as the microphone of a tour. Capturing is asked for by a tap, never by a page that was merely
 * opened: two open pages would both speak.
 */
export class PhoneMicrophone {
  problem: LinkError | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly awake: StayAwake;
  private readonly whip: WhipClient;
  private tour: TourDeskView | undefined;
  private before: MicrophoneView['state'] | undefined;
  /** The guide chose the phone in this page: it connects as soon as the box has agreed. */
  private chosenHere = false;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    this.awake = new StayAwake(host);
    this.whip = new WhipClient(host, {
      onProblem: (problem) => {
        this.tell(problem);
        return problem.code === 'box_unreachable' || problem.code === 'internal';
      },
    });
  }

  get status(): PeerStatus {
    return this.whip.status;
  }

  get capture(): CaptureProblem | undefined {
    return this.whip.capture;
  }

  /** The tour's microphone was chosen here, and is this phone or is not. */
  choose(phone: boolean): void {
    this.chosenHere = phone;
  }

  /** Before each drawing: what the tour says of its microphone now. */
  follow(tour: TourDeskView | undefined): void {
    this.tour = tour;
    const state = tour?.microphone.state;
    // The box no longer has this phone's connection, which here may seem well for seconds.
    if (this.before === 'open' && state === 'waiting') this.whip.lost();
    this.before = state;
    const wanted = tour?.microphone.id === 'phone' && tour.state !== 'ended';
    if (!wanted && this.status !== 'idle') this.disconnect();
    if (wanted && this.chosenHere) {
      this.chosenHere = false;
      void this.connect();
    }
    if (this.status === 'connected') this.problem = undefined;
  }

  readonly connect = async (): Promise<void> => {
    if (!this.tour) return;
    this.tell(undefined);
    this.awake.hold();
    const { id } = this.tour;
    await this.whip.start(phoneMicrophonePath(id), phoneSocketPath(id));
  };

  private disconnect(): void {
    this.awake.let();
    this.whip.stop();
  }

  private tell(problem: LinkError | undefined): void {
    this.problem = problem;
    this.host.requestUpdate();
  }
}
