import type { ConnectionView, RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import { restartIce } from '../../../link/ice-restart.ts';
import { asLinkError, type LinkError } from '../../../link/problem.ts';
import type { SdpEndpoint } from '../../../link/sdp-exchange.ts';
import { WhepConnection, type WhepConnectionOptions } from '../../../link/whep-connection.ts';
import type { Mend } from './recovery-state.ts';
import { NO_SIGNS, readSigns, type Signs, whyInVain } from './signs.ts';

/**
 * Checks that are not answered within this time will not be, ms: of a new connection, of an ICE restart, and of a new one
 * that may go by a relay, which has to be reached first.
 */
const CHECKED_MS = { fresh: 900, restart: 500, relayed: 2_500 } as const;
/** The same where nobody waits for the sound yet: a page that opens has much to do, ms. */
const CHECKED_AHEAD_MS = 3_000;
/** Fewer may have been held up. */
const MIN_CHECKS = 3;
/** By now even a slow phone has sent some, ms. */
const UNSENT_MS = 2_000;

export interface TriesOptions {
  /** `renew`: joins anew. */
  readonly endpoint: (renew: boolean) => Promise<SdpEndpoint>;
  /** Somebody waits for the sound. */
  readonly wanted: () => boolean;
  /** The box's own view. @throws LinkError */
  readonly look: () => Promise<ConnectionView>;
  /** What is to be played. */
  readonly onStream: (stream: MediaStream) => void;
  readonly onProgress: (type: 'offered' | 'answered' | 'connected') => void;
  readonly onInVain: (cause: RecoveryCause) => void;
  readonly onProblem: (problem: LinkError) => void;
  /** The connection that there was is over. */
  readonly onFailed: () => void;
}

/** One try, from its beginning to its end. */
interface Try {
  readonly how: Mend | 'first';
  readonly connection: WhepConnection;
  readonly abort: AbortController;
  /** When the box had answered, ms, and the signs at that moment. */
  answeredAt?: number;
  before: Signs;
  asking: boolean;
}

/**
 * The connections of one visitor: the one that there is, and the one that is being tried. The old one is kept until
 * the new one stands, because it may come back by itself, and then nothing has to be negotiated.
 */
export class Tries {
  current: WhepConnection | undefined;
  private readonly options: TriesOptions;
  private try: Try | undefined;
  private signs: Signs = NO_SIGNS;

  constructor(options: TriesOptions) {
    this.options = options;
  }

  get running(): boolean {
    return this.try !== undefined;
  }

  /** The one that matters now. */
  get peer(): RTCPeerConnection | undefined {
    return (this.current ?? this.try?.connection)?.peer;
  }

  /** What was the matter with the try that is running, by now. */
  get cause(): RecoveryCause {
    return this.try?.answeredAt === undefined ? 'no-answer' : whyInVain(this.signs);
  }

  /** `renew`: joins anew. */
  begin(how: Mend | 'first', { renew = false } = {}): void {
    this.giveUp();
    const abort = new AbortController();
    const restart = how === 'ice-restart' ? this.current : undefined;
    const connection = restart ?? this.make();
    const running: Try = { how, connection, abort, before: NO_SIGNS, asking: false };
    this.try = running;
    this.signs = NO_SIGNS;
    if (!this.current) this.options.onStream(connection.stream);
    const work = restart
      ? this.restart(running)
      : connection.open({
          endpoint: this.options.endpoint(renew),
          onOffered: () => this.tell(running, 'offered'),
          signal: abort.signal,
        });
    work.then(
      () => this.answered(running),
      (error: unknown) => this.refused(running, error),
    );
  }

  /** A connection that somebody else has begun, and whose offer is answered. */
  takeOver(connection: WhepConnection, { stands }: { stands: boolean }): void {
    connection.options = this.watching(connection);
    if (stands) this.current = connection;
    else {
      const abort = new AbortController();
      const answeredAt = performance.now();
      this.try = { how: 'first', connection, abort, before: NO_SIGNS, asking: false, answeredAt };
    }
  }

  /** Ends what is being tried, and keeps what there was before. */
  giveUp(): void {
    const running = this.try;
    this.try = undefined;
    running?.abort.abort();
    if (running && running.connection !== this.current) running.connection.close();
  }

  /** `told`: the box knows already. */
  hangUp({ told = false } = {}): void {
    this.giveUp();
    this.current?.close({ told });
    this.current = undefined;
  }

  /** The connection that there was is none to the box. */
  async isOver(): Promise<boolean> {
    const { current } = this;
    const seat = await this.options.look().then(
      (seen) => seen.seat,
      () => undefined,
    );
    return current === this.current && (!seat || seat.state === 'closed');
  }

  /** Looks how the try is getting on; nobody waits for checks that will not be answered. */
  async look(now: number): Promise<void> {
    const running = this.try;
    if (running?.answeredAt === undefined) return;
    const signs = await readSigns(running.connection.peer);
    if (running !== this.try) return;
    this.signs = {
      ...signs,
      checksSent: signs.checksSent - running.before.checksSent,
      checksAnswered: Math.max(0, signs.checksAnswered - running.before.checksAnswered),
    };
    const restart = running.how === 'ice-restart';
    if (this.signs.checksAnswered > 0) {
      if (restart && running.connection.onPath) this.tell(running, 'connected');
      return;
    }
    const patience = this.options.wanted()
      ? CHECKED_MS[kindOf(restart, running.connection)]
      : CHECKED_AHEAD_MS;
    const waited = now - running.answeredAt;
    const unanswered = waited >= patience && this.signs.checksSent >= MIN_CHECKS;
    // A browser that is not allowed to send any finds no path to check.
    const unsent = waited >= UNSENT_MS && this.signs.checksSent === 0;
    if (unanswered || unsent) await this.askBox(running);
  }

  private make(): WhepConnection {
    // Until there is one, nobody hears of it.
    const connection = new WhepConnection({ onConnected: () => undefined, onFailed: () => undefined });
    connection.options = this.watching(connection);
    return connection;
  }

  private watching(connection: WhepConnection): WhepConnectionOptions {
    return {
      onConnected: () => this.connected(connection),
      onFailed: () => this.failed(connection),
    };
  }

  private async restart(running: Try): Promise<void> {
    running.before = await readSigns(running.connection.peer);
    await restartIce(running.connection);
  }

  private answered(running: Try): void {
    if (running !== this.try) return;
    running.answeredAt = performance.now();
    this.tell(running, 'answered');
  }

  private refused(running: Try, error: unknown): void {
    if (running !== this.try) return;
    const problem = asLinkError(error);
    if (running.how !== 'ice-restart') this.options.onProblem(problem);
    // Whatever it is that keeps the box from a restart, it says nothing about an offer.
    else this.options.onInVain(problem.code === 'box_unreachable' ? 'no-answer' : 'hung-up');
  }

  /** The box's own view: none of the phone's checks has come to it either. */
  private async askBox(running: Try): Promise<void> {
    if (running.asking) return;
    running.asking = true;
    try {
      const { seat } = await this.options.look();
      if (running === this.try && seat?.checks === 0) this.options.onInVain('udp-blocked');
    } catch {
      // Out of reach, for now: the try's own time will end it.
    }
    running.asking = false;
  }

  private connected(connection: WhepConnection): void {
    const running = this.try;
    if (running?.connection !== connection || running.how === 'ice-restart') return;
    const before = this.current;
    this.current = connection;
    // With the new one the box has let go of the old one.
    before?.close({ told: true });
    if (before || running.how !== 'first') this.options.onStream(connection.stream);
    this.tell(running, 'connected');
  }

  private failed(connection: WhepConnection): void {
    if (connection === this.current) this.options.onFailed();
    else if (connection === this.try?.connection) this.options.onInVain(this.cause);
  }

  private tell(running: Try, type: 'offered' | 'answered' | 'connected'): void {
    if (running !== this.try) return;
    if (type === 'connected') this.try = undefined;
    this.options.onProgress(type);
  }
}

function kindOf(restart: boolean, { mayBeRelayed }: WhepConnection): keyof typeof CHECKED_MS {
  if (restart) return 'restart';
  return mayBeRelayed ? 'relayed' : 'fresh';
}
