import { FLOOR_RATE, type FloorFrame } from '../../floor/floor-frame.ts';
import type { Utterance } from './pocketsphinx.ts';
import { Resampler } from '../../floor/resampler.ts';
import { HEARING_RATE, UtteranceCutter } from './utterance-cutter.ts';
import type { WarmProgram } from '../../program/warm-program.ts';

/** Something the guide said, being recognised once for all languages. */
export interface HeardUtterance {
  /** Unique within the hearing. */
  readonly id: string;
  readonly seconds: number;
  /** Lower case, unpunctuated; empty when nothing was understood, undefined when it was given up. Never rejects. */
  readonly words: Promise<string | undefined>;
  /** Whether the caller captions the guide's words: true for the first who asks, whoever takes over from whom. */
  claimCaption(): boolean;
}

export interface HearingMember {
  onUtterance(utterance: HeardUtterance): void;
}

/**
 * One tour's ear: every interpreter of the tour, and its transcriber, brings every frame, only one of them is listened to; each gets every
 * utterance. Starts with the first member, ends with the last.
 */
export class Hearing {
  readonly recogniser: WarmProgram<Utterance, string>;
  private readonly onEmpty: () => void;
  private readonly members = new Set<HearingMember>();
  /** Members that bring frames, in order of arrival; the first is listened to. */
  private readonly bringers = new Set<HearingMember>();
  private readonly resampler = new Resampler({ from: FLOOR_RATE, to: HEARING_RATE });
  private readonly cutter = new UtteranceCutter({ onUtterance: (samples) => this.pass(samples) });
  private leader: HearingMember | undefined;
  private silenced: (() => void)[] = [];
  private count = 0;

  /** @param onEmpty called when the last member has left, before the recogniser stops */
  constructor({ recogniser, onEmpty }: { recogniser: WarmProgram<Utterance, string>; onEmpty: () => void }) {
    this.recogniser = recogniser;
    this.onEmpty = onEmpty;
  }

  join(member: HearingMember): void {
    if (this.members.size === 0) this.recogniser.start();
    this.members.add(member);
    this.bringers.add(member);
    this.leader ??= member;
  }

  hear(member: HearingMember, frame: FloorFrame): void {
    if (member !== this.leader) return;
    this.cutter.push(this.resampler.process(frame.samples), frame.blank);
    if (!this.cutter.speaking && this.silenced.length > 0) this.releaseSilenced();
  }

  /**
   * The member brings no more frames; resolves when the utterance under way has been passed on. Others go on
   * bringing it to its end; after the last one it ends at once.
   */
  fallSilent(member: HearingMember): Promise<void> {
    this.bringers.delete(member);
    [this.leader] = this.bringers;
    if (this.leader === undefined) this.cutter.cut();
    if (!this.cutter.speaking) {
      this.releaseSilenced();
      return Promise.resolve();
    }
    return new Promise((resolve) => this.silenced.push(resolve));
  }

  /** The member wants no more utterances. Resolves when nothing is left that only it needed. */
  async leave(member: HearingMember): Promise<void> {
    void this.fallSilent(member);
    if (!this.members.delete(member) || this.members.size > 0) return;
    this.onEmpty();
    await this.recogniser.stop();
  }

  private pass(samples: Int16Array): void {
    this.count += 1;
    const seconds = samples.length / HEARING_RATE;
    const words = this.recogniser.ask({ samples, seconds });
    let claimed = false;
    const claimCaption = (): boolean => {
      if (claimed) return false;
      claimed = true;
      return true;
    };
    const utterance = { id: `heard-${this.count}`, seconds, words, claimCaption };
    for (const member of this.members) member.onUtterance(utterance);
  }

  private releaseSilenced(): void {
    for (const release of this.silenced.splice(0)) release();
  }
}
