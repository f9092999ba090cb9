import type { ChannelDeskView } from '../protocol/views.ts';

/** So far behind, for so long, ms. */
const LAG_MS = 6_000;
const LAG_FOR_MS = 5_000;
/** So much speech waits: the voice is at its fastest, ms. */
const QUEUED_MS = 8_000;
/** Interpreters work best at 100 to 120 words a minute. */
const WORDS_PER_MINUTE = 160;
/** Not more often: who is reminded all the time stops looking, ms. */
const EVERY_MS = 30_000;
/** A guide who has said nothing for so long has slowed down already, ms. */
const SILENT_MS = 3_000;

/** Why the guide is asked to slow down. */
export type Nudge = { readonly reason: 'lag'; readonly language: string } | { readonly reason: 'rate' };

/** When a guide is to be asked to slow down. Times: ms of one clock, whichever. */
export class Nudges {
  /** Since when each language has been too far behind. */
  private readonly since = new Map<string, number>();
  private readonly channels = new Map<string, ChannelDeskView>();
  private spokenAt = -Infinity;
  private nudgedAt = -Infinity;

  /** How a channel is now. */
  tell(channel: ChannelDeskView, now: number): void {
    const { language } = channel;
    this.channels.set(language, channel);
    if (!isBehind(channel)) this.since.delete(language);
    else if (!this.since.has(language)) this.since.set(language, now);
  }

  /** Only these languages are offered any more. */
  keep(languages: readonly string[]): void {
    for (const language of this.channels.keys()) {
      if (languages.includes(language)) continue;
      this.channels.delete(language);
      this.since.delete(language);
    }
  }

  /** The guide is heard. */
  spoken(now: number): void {
    this.spokenAt = now;
  }

  /** @param perMinute the guide's words; undefined: not known. @returns what is to be said now, if anything is */
  due(now: number, perMinute: number | undefined): Nudge | undefined {
    if (now - this.nudgedAt < EVERY_MS || now - this.spokenAt > SILENT_MS) return undefined;
    const language = this.worst(now);
    const tooMany = perMinute !== undefined && perMinute > WORDS_PER_MINUTE;
    if (language === undefined && !tooMany) return undefined;
    this.nudgedAt = now;
    return language === undefined ? { reason: 'rate' } : { reason: 'lag', language };
  }

  private worst(now: number): string | undefined {
    const due = [...this.since]
      .filter(([language, since]) => now - since >= LAG_FOR_MS || this.queued(language) >= QUEUED_MS)
      .toSorted(([a], [b]) => this.lag(b) - this.lag(a));
    return due[0]?.[0];
  }

  private lag(language: string): number {
    return this.channels.get(language)?.lagMs ?? 0;
  }

  private queued(language: string): number {
    return this.channels.get(language)?.pace?.queuedMs ?? 0;
  }
}

/** Nobody is asked to wait for a language that nobody hears. */
function isBehind({ state, listeners, lagMs, pace }: ChannelDeskView): boolean {
  return state === 'live' && listeners > 0 && (lagMs > LAG_MS || (pace?.queuedMs ?? 0) >= QUEUED_MS);
}
