import type { ListenerQuality } from '../listener/listener.ts';
import type { QualityClass, Sparing, StatsReport } from '../protocol/quality.ts';
import type { PhoneQuality } from '../protocol/quality-view.ts';
import { heardOf, type Judged } from './heard.ts';
import { Repetition } from './repetition.ts';
import { classOf, follow, guessedLoss, scoreOf } from './score.ts';

/** A page sends every five seconds; what comes sooner is not counted. Ms. */
const SOONEST_MS = 4_000;
/** A page that has been silent for so long is gone, and receiver reports are all there is, ms. */
const PAGE_GONE_MS = 35_000;
/** Receiver reports come every few seconds; each is of so long, ms. */
const REPORT_MS = 5_000;

/** What the box sends to a phone, as far as its hearing concerns that. */
export interface SentTo {
  /** Over TCP nothing is lost that could be repeated: what a page tells of that is worked out from what it plays. */
  readonly way: 'packets' | 'tcp';
  readonly takesRedundancy: boolean;
  sounded(from: number, to: number): boolean;
}

/** How well one phone hears. Times: ms of `performance.now()`. */
export class Hearing {
  readonly repetition = new Repetition();
  sparing: Sparing | undefined;
  by: PhoneQuality['by'] = 'receiver-reports';
  /** Of the latest verdict. */
  last: Judged | undefined;
  /** When there was one. */
  judgedAt = -Infinity;
  private value: number | undefined;
  private toldAt = -Infinity;

  /** 0 to 100; undefined: no verdict yet. */
  get score(): number | undefined {
    return this.value;
  }

  get class(): QualityClass | undefined {
    return this.value === undefined ? undefined : classOf(this.value, this.last?.nothing);
  }

  /** @returns whether there is a new verdict */
  take(report: StatsReport, to: SentTo, now: number): boolean {
    if (now - this.toldAt < SOONEST_MS) return false;
    this.toldAt = now;
    this.sparing = report.sparing;
    this.by = to.way === 'tcp' ? 'playout' : 'page';
    return this.judge(
      heardOf(report, now, (from, until) => to.sounded(from, until)),
      now,
    );
  }

  /** A receiver report: all that players tell which have none of the box's pages. @returns as {@link take} */
  takeReport({ loss }: ListenerQuality, to: SentTo, now: number): boolean {
    if (now - this.toldAt < PAGE_GONE_MS || now - this.judgedAt < SOONEST_MS) return false;
    if (!to.sounded(now - REPORT_MS, now)) return false;
    this.by = 'receiver-reports';
    const heardLoss = guessedLoss(loss, to.takesRedundancy);
    return this.judge({ heardLoss, packetLoss: loss, silences: 0, nothing: loss === 1, ms: REPORT_MS }, now);
  }

  private judge(judged: Judged | undefined, now: number): boolean {
    if (!judged) return false;
    this.last = judged;
    this.judgedAt = now;
    this.value = follow(this.value, scoreOf(judged));
    if (this.by !== 'playout') this.repetition.take(judged, this.by === 'page');
    return true;
  }
}
