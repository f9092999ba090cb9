import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import type { LinkError } from '../../../link/problem.ts';
import type { PeerStatus } from '../../../link/peer-session.ts';
import type { WhepConnection } from '../../../link/whep-connection.ts';
import { OpenWay } from '../ways/open-way.ts';
import type { Way, WayName } from '../ways/way.ts';
import { PageWatch } from './page-watch.ts';
import { Reach } from './reach.ts';
import type { ReceptionOptions } from './reception-options.ts';
import type { RecoveryEffect, RecoveryEvent, RecoveryState } from './recovery-state.ts';
import { BOUNDS, step } from './recovery.ts';
import { causeOf, readSigns } from './signs.ts';
import { SoundWatch } from './sound-watch.ts';
import { causeIn, statusOf } from './status.ts';
import { Tries } from './tries.ts';

/** How often it looks, ms: where something is amiss, and where all is well. */
const LOOK_MS = 250;
const CALM_LOOKS = 2;
/** Several signs of a return come together, and a try that the first has begun is not begun again, ms. */
const SAME_CHANCE_MS = 1_000;

/** The sound of the tour on its way to this phone: connected, and connected again, for as long as it is wanted. */
export class Reception implements ReactiveController {
  state: RecoveryState = { is: 'closed' };
  private readonly host: ReactiveControllerHost;
  private readonly options: ReceptionOptions;
  private readonly tries: Tries;
  private readonly way: OpenWay;
  private readonly watch: SoundWatch;
  private readonly reach = new Reach({ onBack: () => this.chance() });
  private readonly page = new PageWatch({
    onLeave: () => this.tries.hangUp(),
    onRevived: () => (this.state.is === 'connected' ? this.gone('hung-up') : this.chance()),
    onReturn: () => this.chance(),
    onOnline: () => this.online(),
  });
  private bound: ReturnType<typeof setTimeout> | undefined;
  private looking: ReturnType<typeof setInterval> | undefined;
  private looks = 0;
  private triedAt = -Infinity;
  /** There was a chance while something was being tried that may have begun too soon. */
  private missed = false;
  private lostAt = 0;
  /** This network has let no UDP through: remembered for the visit. */
  private blocked = false;
  /** The connection that there was will not come back. */
  private over = false;

  constructor(host: ReactiveControllerHost, options: ReceptionOptions) {
    this.host = host;
    this.options = options;
    const { endpoint, look, onStream, wanted } = options;
    this.tries = new Tries({
      endpoint,
      look,
      wanted,
      // While another way plays, the element is its.
      onStream: (stream) => {
        if (this.state.is !== 'fallback') onStream(stream);
      },
      onProgress: (type) => this.take({ type }),
      onInVain: (cause) => this.inVain({ cause }),
      onProblem: (problem) => this.meet(problem),
      onFailed: () => this.gone('ice-failed'),
    });
    this.way = new OpenWay({
      ways: options.ways,
      parts: options.way,
      language: options.language,
      onPlaying: () => this.take({ type: 'way-playing' }),
      onLost: (cause) => this.take({ type: 'lost', cause }),
      onNone: () => this.take({ type: 'no-way' }),
    });
    this.watch = new SoundWatch({
      ask: options.ask,
      onSound: () => this.take({ type: 'sound' }),
      onLost: (cause) => this.gone(cause),
    });
    host.addController(this);
  }

  get status(): PeerStatus {
    return statusOf(this.state);
  }

  get peer(): RTCPeerConnection | undefined {
    return this.tries.peer;
  }

  /** By which other way the sound comes. */
  get otherWay(): WayName | undefined {
    return this.way.name;
  }

  /** Where the sound of that way can be looked at. */
  get node(): AudioNode | undefined {
    return this.way.node;
  }

  /** What measures what of it is played. */
  get wayPlaying(): Way | undefined {
    return this.way.playing;
  }

  /** Why there is no sound, while there is none. */
  get cause(): RecoveryCause | undefined {
    return causeIn(this.state);
  }

  /** A connection whose offer is answered; `stands`: it is connected. */
  takeOver(connection: WhepConnection, { stands }: { stands: boolean }): void {
    this.tries.takeOver(connection, { stands });
    this.begin();
    this.enter(stands ? { is: 'connected' } : { is: 'connecting' }, stands ? undefined : BOUNDS.connecting);
    if (stands) this.stand();
  }

  start(): void {
    if (this.state.is === 'connected') this.checkPath();
    if (this.state.is !== 'closed' && this.state.is !== 'failed') return;
    this.begin();
    this.take({ type: 'open' });
  }

  stop(): void {
    this.take({ type: 'close' });
    this.rest();
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** The other end says that there is no connection: it may have said so before there was this one. */
  async lost(): Promise<void> {
    if (this.state.is === 'connected' && (await this.tries.isOver())) this.gone('hung-up');
  }

  /** There is reason to believe that the box can be reached again. */
  chance(): void {
    this.options.renewSocket();
    if (this.state.is === 'connected') this.checkPath();
    else if (this.tries.running && performance.now() - this.triedAt < SAME_CHANCE_MS) this.missed = true;
    else this.take({ type: 'chance', session: this.tries.current?.hasSession ?? false });
  }

  /** The box has been sending for so long, ms. */
  sounding(soundingMs: number): void {
    if (this.state.is === 'connected') this.watch.answered(performance.now(), soundingMs);
  }

  /** The visitor hears another language. */
  follow(language: string): void {
    this.way.follow(language);
  }

  /** It may be of a network that the phone has left. */
  private checkPath(): void {
    if (this.tries.current?.onPath === false) this.gone('changed');
  }

  /** A browser finds a new path by itself, sooner or later; by an ICE restart it is sooner. */
  private online(): void {
    if (this.state.is === 'connected') this.gone('changed');
    else this.chance();
  }

  /** The connection is of no use; another way of sound does not depend on it. */
  private gone(cause: RecoveryCause): void {
    // Its last packets are no sign that it is back.
    if (cause === 'hung-up' || cause === 'ice-failed') this.over = true;
    if (this.state.is !== 'fallback') this.take({ type: 'lost', cause });
  }

  private begin(): void {
    this.lostAt = performance.now();
    this.page.start();
    this.looking ??= setInterval(() => void this.look(), LOOK_MS);
  }

  /** `time-up` comes after `boundMs`. */
  private enter(state: RecoveryState, boundMs: number | undefined): void {
    this.state = state;
    clearTimeout(this.bound);
    if (boundMs !== undefined)
      this.bound = setTimeout(() => this.take({ type: 'time-up', cause: this.tries.cause }), boundMs);
  }

  private take(event: RecoveryEvent): void {
    const { wanted, ways } = this.options;
    const lost = event.type === 'lost' || event.type === 'in-vain' || event.type === 'time-up';
    if (lost && this.state.is !== 'closed' && !wanted()) {
      this.stop();
      return;
    }
    const before = this.state;
    const now = { ways: ways.length > 0, blocked: this.blocked, chance: Math.random() };
    const { state, effects, boundMs, anew } = step(before, event, now);
    if (anew) this.enter(state, boundMs);
    this.state = state;
    if (before.is === 'connected' && state.is !== 'connected') this.lostAt = performance.now();
    if (state.is === 'connected' && before.is !== 'connected') this.stand();
    for (const effect of effects) this.act(effect);
    this.askForBox();
    if (state.is === 'failed') this.rest();
    if (before !== state) this.host.requestUpdate();
  }

  /** A box that was switched off and on is found at once, also by who has not missed its sound yet. */
  private askForBox(): void {
    const { state } = this;
    const away = state.is === 'reconnecting' && state.cause === 'no-answer';
    const on = state.is !== 'closed' && state.is !== 'failed';
    if (away || (on && this.options.wanted() && this.options.eventsLost())) this.reach.start();
    else this.reach.stop();
  }

  private act(effect: RecoveryEffect): void {
    switch (effect.do) {
      case 'try':
        this.triedAt = performance.now();
        this.missed = false;
        if (effect.how === 'signaling-reset') this.options.renewSocket();
        this.tries.begin(effect.how, { renew: effect.how === 'full-reconnect' && this.joinsAnew() });
        break;
      case 'give-up-try':
        this.tries.giveUp();
        break;
      case 'open-way':
        this.way.open();
        break;
      case 'close-way':
        this.way.close();
        if (this.state.is === 'connected' && this.tries.current)
          this.options.onStream(this.tries.current.stream);
        break;
      case 'hang-up':
        this.tries.hangUp();
        break;
      case 'report': {
        const { level, cause, outcome } = effect;
        const ms = Math.min(86_400_000, Math.round(performance.now() - this.lostAt));
        this.options.report({ type: 'recovery', level, cause, outcome, ms });
      }
    }
  }

  /** The same join serves all tries that follow: a new one for each would fill the desk with strangers. */
  private joinsAnew(): boolean {
    const { state } = this;
    return state.is === 'reconnecting' && (state.attempt === 0 || state.cause === 'unknown-here');
  }

  private inVain(how: Omit<Extract<RecoveryEvent, { type: 'in-vain' }>, 'type'>): void {
    if (how.cause === 'udp-blocked') this.blocked = true;
    const { missed } = this;
    this.take({ type: 'in-vain', ...how });
    if (missed && !this.tries.running) this.chance();
  }

  private meet(problem: LinkError): void {
    const again = this.options.onProblem(problem);
    const retryAfterMs = (problem.retryAfterS ?? 0) * 1_000;
    this.inVain({ cause: causeOf(problem), retryAfterMs, lasting: !again });
  }

  /** Connected, or again. */
  private stand(): void {
    this.blocked = false;
    this.over = false;
    this.watch.begin(performance.now(), 0);
  }

  private async look(): Promise<void> {
    this.looks++;
    this.askForBox();
    const { current } = this.tries;
    const calm = this.state.is === 'connected' && !this.watch.doubtful;
    if (calm && this.looks % CALM_LOOKS !== 0) return;
    if (current && !this.over) {
      const { packets } = await readSigns(current.peer);
      if (current === this.tries.current && this.options.wanted())
        this.watch.look(performance.now(), { packets, onPath: current.onPath });
    }
    await this.tries.look(performance.now());
  }

  private rest(): void {
    this.page.stop();
    clearInterval(this.looking);
    this.looking = undefined;
    this.reach.stop();
  }
}
