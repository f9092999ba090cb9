import type { Log } from '../../log.ts';
import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES, FLOOR_RATE, type FloorFrame } from '../../floor/floor-frame.ts';
import { AppendMessage, PIECE_MS, PIECE_SAMPLES } from './append-message.ts';
import type { Session } from './session.ts';
import { SourceAudio } from './source-audio.ts';
import type { OpenAiTiming } from './timing.ts';
import type { Utterances } from './utterances.ts';

const SAMPLES_PER_MS = FLOOR_RATE / 1_000;
const CLOCK_MS = 100;
/** More than this waiting in the socket (about a second): the rest stays in the ring, where it can be resent. */
const MOST_UNFLUSHED = 65_536;
/** Mean absolute sample of a piece without speech in it: about -44 dBFS. */
const QUIET_LEVEL = 200;
const DROP_LOG_MS = 10_000;

interface Successor {
  readonly session: Session;
  readonly latestAt: number;
  readonly onSwitched: () => void;
}

/**
 * Brings the floor to one session after the other, without a gap and without sending a sample twice: in real time,
 * faster while there is a backlog, silence when the floor falls silent. Keeps what cannot be sent yet.
 */
export class Uplink {
  private readonly timing: OpenAiTiming;
  private readonly log: Log;
  private readonly source: SourceAudio;
  private readonly message: AppendMessage;
  private readonly utterances: Utterances | undefined;
  private session: Session | undefined;
  private successor: Successor | undefined;
  private coveredUntil = 0;
  private floorSilent = false;
  private clock: NodeJS.Timeout | undefined;
  private pace: NodeJS.Timeout | undefined;
  private pacing = false;
  private droppedLogged = 0;
  private droppedLoggedAt = -Infinity;

  /** @param utterances for sessions that must be told where what is said ends */
  constructor({
    appendType,
    timing,
    log,
    utterances,
  }: {
    appendType: string;
    timing: OpenAiTiming;
    log: Log;
    utterances?: Utterances | undefined;
  }) {
    this.utterances = utterances;
    this.timing = timing;
    this.log = log;
    this.source = new SourceAudio({
      capacity: Math.ceil((timing.keepMs + timing.replayMs) * SAMPLES_PER_MS),
    });
    this.message = new AppendMessage({ type: appendType });
  }

  /** Speech that grew older than can be kept before it could be sent, ms. */
  get droppedMs(): number {
    return Math.round(this.source.dropped / SAMPLES_PER_MS);
  }

  start(): void {
    this.coveredUntil = performance.now();
    this.clock = setInterval(() => this.tick(), CLOCK_MS);
  }

  stop(): void {
    clearInterval(this.clock);
    this.detach();
  }

  hear(frame: FloorFrame): void {
    this.source.write(frame.samples);
    this.utterances?.hear(frame, this.source.end);
    this.coveredUntil = performance.now();
    this.floorSilent = false;
    this.pump();
  }

  /** From now on everything unsent goes to `session`. */
  attach(session: Session): void {
    this.session = session;
    this.successor = undefined;
    session.speech.startAt(this.source.next);
    this.pump();
  }

  /** The same from the next pause in the speech on, not in the middle of a word; after `withinMs` wherever it is. */
  attachAtPause({ session, withinMs, onSwitched }: Omit<Successor, 'latestAt'> & { withinMs: number }): void {
    this.successor = { session, latestAt: performance.now() + withinMs, onSwitched };
  }

  cancelSwitch(): void {
    this.successor = undefined;
  }

  /** Keeps everything until a session is attached again. */
  detach(): void {
    this.session = undefined;
    this.successor = undefined;
    clearTimeout(this.pace);
    this.pace = undefined;
    this.pacing = false;
  }

  /** After `session` was lost: what it may not have used up is unsent again. */
  takeBackFrom(session: Session): void {
    const position = session.speech.resumeFrom(this.timing.replayMs * SAMPLES_PER_MS);
    if (position !== undefined) this.source.rewindTo(position);
  }

  /** Sends all that is left at once, the last piece filled up with silence. */
  flush(): void {
    while (this.session && this.source.unsent > 0) this.sendPiece(this.session);
  }

  private pump(): void {
    if (!this.session || this.pacing || this.source.unsent < PIECE_SAMPLES) return;
    if (this.session.unflushed < MOST_UNFLUSHED) {
      this.switchAtPause();
      this.sendPiece(this.session);
    }
    if (this.source.unsent >= PIECE_SAMPLES) this.waitForPace();
  }

  private sendPiece(session: Session): void {
    session.append(this.message.fill(this.source), this.source.next);
    const boundary = this.utterances?.due(this.source.next);
    if (boundary) session.bound(boundary);
  }

  private switchAtPause(): void {
    if (!this.successor) return;
    const { session, latestAt, onSwitched } = this.successor;
    if (performance.now() < latestAt && this.source.loudness(PIECE_SAMPLES) > QUIET_LEVEL) return;
    this.session = session;
    this.successor = undefined;
    session.speech.startAt(this.source.next);
    onSwitched();
  }

  private waitForPace(): void {
    this.pacing = true;
    if (this.pace) this.pace.refresh();
    else this.pace = setTimeout(() => this.resume(), PIECE_MS / this.timing.catchUp);
  }

  private resume(): void {
    this.pacing = false;
    this.pump();
  }

  private tick(): void {
    this.coverSilence();
    this.reportDropped();
  }

  /** The model takes a gap for contiguous audio, so when the floor is gone the silence is made here. */
  private coverSilence(): void {
    const missing = performance.now() - this.coveredUntil;
    if (!this.floorSilent && missing < this.timing.silenceAfterMs) return;
    this.floorSilent = true;
    const frames = Math.floor(missing / FLOOR_FRAME_MS);
    this.coveredUntil += frames * FLOOR_FRAME_MS;
    this.source.writeSilence(frames * FLOOR_FRAME_SAMPLES);
    this.utterances?.silence(this.source.end);
    this.pump();
  }

  private reportDropped(): void {
    const now = performance.now();
    if (this.droppedMs === this.droppedLogged || now - this.droppedLoggedAt < DROP_LOG_MS) return;
    const droppedMs = this.droppedMs - this.droppedLogged;
    this.droppedLogged = this.droppedMs;
    this.droppedLoggedAt = now;
    this.log.warn({ droppedMs }, 'speech could not be sent in time and is left out');
  }
}
