import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { QualityClass } from '../../../appliance/protocol/quality.ts';
import { LoadedLater } from '../../elements/loaded-later.ts';
import type * as Later from '../later.ts';
import type { Listening } from '../listen/listening.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

/** How well the sound is heard on this phone. What measures it comes once the sound is there. */
export class SoundQuality implements ReactiveController {
  /** The phone is to be spared: the page does less. */
  sparing = false;
  private readonly host: ReactiveControllerHost;
  private readonly socket: AttendeeSocket;
  private readonly listening: () => Listening;
  private readonly later: LoadedLater<typeof Later>;
  private reports: Later.SoundReports | undefined;
  private verdict: QualityClass | undefined;

  constructor(
    host: ReactiveControllerHost,
    { socket, listening }: { socket: AttendeeSocket; listening: () => Listening },
  ) {
    this.host = host;
    this.socket = socket;
    this.listening = listening;
    this.later = new LoadedLater(host, () => import('../later.ts'));
    socket.on('quality', (event) => {
      this.verdict = event.class;
      host.requestUpdate();
    });
    host.addController(this);
  }

  /** As the box judges it; undefined: there is no verdict. */
  get mark(): QualityClass | undefined {
    return this.playing ? this.verdict : undefined;
  }

  hostUpdated(): void {
    if (!this.playing) {
      this.verdict = undefined;
      this.reports?.stop();
      return;
    }
    const { part } = this.later;
    if (!part) {
      void this.later.load();
      return;
    }
    this.reports ??= new part.SoundReports({
      heard: () => this.heard,
      send: (report) => this.socket.send(report),
      onSparing: (sparing) => this.spare(sparing !== undefined),
    });
    this.reports.start();
  }

  hostDisconnected(): void {
    this.reports?.stop();
  }

  /** Sound comes, or should. */
  private get playing(): boolean {
    const { on, reception } = this.listening();
    return on && reception.status === 'connected';
  }

  /** A phone that holds the sound back plays none of it. */
  private get heard(): Later.HeardSound | undefined {
    const { sound, reception } = this.listening();
    if (!this.playing || sound.held) return undefined;
    const { peer, wayPlaying: way } = reception;
    if (way) return { player: way, totals: way.played };
    return peer && this.later.part?.ofPeer(peer);
  }

  private spare(sparing: boolean): void {
    this.sparing = sparing;
    document.documentElement.toggleAttribute('data-sparing', sparing);
    this.host.requestUpdate();
  }
}
