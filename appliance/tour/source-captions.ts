import type { WrittenBy } from '../protocol/views.ts';
import type { Booth } from './booth.ts';
import type { Transcription } from './transcription.ts';

const LOOK_EVERY_MS = 100;
/** A guide who does not pause for so long: the end of a line will do. */
const PATIENCE_MS = 15_000;

export interface SourceCaptionsOptions {
  readonly booths: () => Iterable<Booth>;
  readonly transcription: Transcription;
}

interface HandOver {
  readonly to: Booth;
  readonly since: number;
  readonly clock: NodeJS.Timeout;
}

/**
 * Who writes down the guide's own words: it costs extra, so that only one does at a time. An interpreter that is at work
 * anyway; else, while somebody reads, the transcriber. A booth takes over from it between two lines, so that nothing is
 * written twice.
 */
export class SourceCaptions {
  private readonly options: SourceCaptionsOptions;
  private booth: Booth | undefined;
  private handOver: HandOver | undefined;
  private read = false;

  constructor(options: SourceCaptionsOptions) {
    this.options = options;
  }

  /** Who writes them, or would. */
  get by(): WrittenBy {
    const by = this.booth?.live ? this.booth.view().by : 'guide';
    return by === 'guide' ? this.options.transcription.by : by;
  }

  stop(): void {
    this.cancel();
  }

  /** Whether somebody reads the guide's own words. */
  demand(read: boolean): void {
    this.read = read;
    this.choose();
  }

  /** A booth has opened, closed, or is in another state. */
  choose(): void {
    const { transcription } = this.options;
    const due = this.due();
    if (this.handOver && this.handOver.to !== due) this.cancel();
    if (due && !this.booth && transcription.writing) {
      if (due.state === 'live') this.handOver ??= this.waitFor(due);
      transcription.demand(this.read);
      return;
    }
    this.give(due);
    transcription.demand(this.read && !due);
  }

  /** Whoever writes goes on with it, also while away for a moment, unless another booth is there meanwhile. */
  private due(): Booth | undefined {
    const booths = [...this.options.booths()];
    const present = this.booth && booths.includes(this.booth) ? this.booth : undefined;
    if (present?.live) return present;
    return booths.find(({ live }) => live) ?? (present?.state === 'reconnecting' ? present : undefined);
  }

  private give(booth: Booth | undefined): void {
    this.booth = booth;
    for (const each of this.options.booths()) each.captionSource(each === booth);
  }

  private waitFor(to: Booth): HandOver {
    return { to, since: performance.now(), clock: setInterval(() => this.look(), LOOK_EVERY_MS) };
  }

  private look(): void {
    const { transcription } = this.options;
    if (!this.handOver) return;
    const { to, since } = this.handOver;
    const waited = performance.now() - since;
    const between = transcription.settled || (waited >= PATIENCE_MS && !transcription.unfinished);
    if (!between && waited < 2 * PATIENCE_MS) return;
    this.cancel();
    this.give(to);
    transcription.demand(false);
    void transcription.close();
  }

  private cancel(): void {
    clearInterval(this.handOver?.clock);
    this.handOver = undefined;
  }
}
