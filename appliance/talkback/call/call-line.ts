import type { MicrophoneTaps } from '../../microphone/microphone-taps.ts';
import type { InterpretedVoice } from '../interpreted-voice.ts';
import type { VisitorVoices } from '../visitor-voices.ts';
import type { CallTiming } from './timing.ts';

export interface CallLineOptions {
  readonly tour: string;
  readonly attendee: string;
  readonly visitorSpeaks: string;
  readonly guideSpeaks: string;
  readonly toGuide: InterpretedVoice;
  readonly toVisitor: InterpretedVoice;
  readonly voices: Pick<VisitorVoices, 'tap'>;
  readonly taps: MicrophoneTaps;
  readonly timing: CallTiming;
  readonly onLost: () => void;
}

const LOOK_MS = 200;

/** When somebody was last heard, ms of `performance.now()`. */
interface End {
  at: number;
  /** They were heard at all. */
  came: boolean;
}

/** What two hear of each other: the visitor's microphone for the guide, the guide's for the visitor. */
export class CallLine {
  private readonly options: CallLineOptions;
  private readonly visitor: End = { at: performance.now(), came: false };
  private readonly guide: End = { at: performance.now(), came: false };
  private undos: (() => void)[] = [];
  private looking: NodeJS.Timeout | undefined;

  constructor(options: CallLineOptions) {
    this.options = options;
  }

  start(): void {
    const { tour, attendee, voices, taps, toGuide, toVisitor, visitorSpeaks, guideSpeaks } = this.options;
    toGuide.start();
    toVisitor.start();
    toGuide.begin(visitorSpeaks);
    toVisitor.begin(guideSpeaks);
    this.undos = [
      voices.tap(attendee, (samples, capturedAt) => this.bring(this.visitor, toGuide, samples, capturedAt)),
      taps.listen(tour, (samples, capturedAt) => this.bring(this.guide, toVisitor, samples, capturedAt)),
    ];
    this.looking = setInterval(() => this.look(), LOOK_MS);
  }

  /** Whoever interprets says their last words to nobody. */
  async stop(): Promise<void> {
    clearInterval(this.looking);
    for (const undo of this.undos.splice(0)) undo();
    await Promise.all([this.options.toGuide.stop(), this.options.toVisitor.stop()]);
  }

  private bring(from: End, voice: InterpretedVoice, samples: Int16Array, capturedAt: number): void {
    from.at = performance.now();
    from.came = true;
    voice.hear(samples, capturedAt);
  }

  private look(): void {
    const { silentMs, connectMs } = this.options.timing;
    const now = performance.now();
    const gone = ({ at, came }: End): boolean => now - at > (came ? silentMs : connectMs);
    if (gone(this.visitor) || gone(this.guide)) this.options.onLost();
  }
}
