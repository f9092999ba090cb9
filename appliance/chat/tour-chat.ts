import { nanoid } from 'nanoid';
import { quotaOf } from '../clock/quota.ts';
import type { ChatMessage } from '../protocol/chat.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Tour } from '../tour/tour.ts';
import { type TranslateText, wordingOf } from '../translator/wording.ts';
import type { ChatStore } from './chat-store.ts';
import { lineOf, type Message, viewOf } from './message.ts';
import { Reactions } from './reactions.ts';

export interface TourChatOptions {
  readonly tour: Tour;
  readonly store: ChatStore;
  readonly translate: TranslateText;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly onCount: (what: 'message' | 'reaction') => void;
}

/** The id of a message that came, changed or went; `all`: whoever shows them begins anew. */
export type ChatNews = string;
export const ALL: ChatNews = 'all';

/** A message is kept from its readers for so long while it is translated, ms. */
const PATIENCE_MS = 3_000;
/** Can be read again; of more, the oldest go that are not pinned. */
const MOST = 100;
const MOST_A_MINUTE = { most: 30, spanMs: 60_000 };

/** What the guide of one tour writes to all, and how they answer without words. */
export class TourChat {
  readonly reactions: Reactions;
  private readonly options: TourChatOptions;
  private readonly observers = new Set<(news: ChatNews) => void>();
  private readonly quota = quotaOf(MOST_A_MINUTE);
  private readonly timers = new Set<NodeJS.Timeout>();
  private messages = new Map<string, Message>();
  private over = false;

  constructor(options: TourChatOptions) {
    this.options = options;
    this.reactions = new Reactions({ now: options.now, onCount: () => options.onCount('reaction') });
  }

  /** Nothing is told or written down any more: the tour was deleted, and what was written of it is erased. */
  stop(): void {
    this.over = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.reactions.stop();
    this.observers.clear();
  }

  subscribe(observer: (news: ChatNews) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  recall(messages: Map<string, Message>): void {
    this.messages = messages;
  }

  /** Resolves when it is on the disk, if it is to be kept. @throws UbizoError `tour_over`, `too_many_attempts`. */
  async post({ text, pinned }: { text: string; pinned: boolean }): Promise<Message> {
    const { tour, store, now, onCount } = this.options;
    const { id: of, floorLanguage, languages, state } = tour.record;
    if (state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
    if (!this.quota('', now()))
      throw new UbizoError('too_many_attempts', 'So many messages nobody can read. Wait a minute.', {
        retryAfterS: 60,
      });
    const words = wordingOf({ original: text, language: floorLanguage });
    const at = now();
    const message: Message = { id: nanoid(12), words, pinned, at, patienceUntil: at + PATIENCE_MS };
    this.messages.set(message.id, message);
    this.makeRoom();
    onCount('message');
    this.changed(message);
    const read = languages.filter((language) => tour.attendance.audience(language) > 0);
    for (const language of [floorLanguage, ...read]) this.want(message, language);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.tell(message.id);
    }, PATIENCE_MS);
    this.timers.add(timer);
    await store.settle(of);
    return message;
  }

  /** Takes it down, or puts it up again. @throws UbizoError `message_not_found`. */
  pin(id: string, pinned: boolean): void {
    const message = this.get(id);
    if (message.pinned === pinned) return;
    message.pinned = pinned;
    this.changed(message);
  }

  /** @throws UbizoError `message_not_found`. */
  remove(id: string): void {
    this.get(id);
    this.forget(id);
  }

  find(id: string): Message | undefined {
    return this.messages.get(id);
  }

  /** All that can be read again, the oldest first. */
  all(): Message[] {
    return [...this.messages.values()];
  }

  /** Whether it may be shown: it is translated, or has been waited for long enough. */
  isReady({ words, patienceUntil }: Message, language: string): boolean {
    return words.settled(language) || this.options.now() >= patienceUntil;
  }

  /** In the guide's language, or another that a reader has. */
  viewOf(message: Message, language = this.options.tour.record.floorLanguage): ChatMessage {
    this.want(message, language);
    return viewOf(message, language);
  }

  /** All of them are forgotten: they were erased. */
  clear(): void {
    this.messages.clear();
    this.tell(ALL);
  }

  /** Those that were written before `time`, and are not pinned. */
  forgetBefore(time: number): void {
    for (const { id, at, pinned } of this.all()) if (at < time && !pinned) this.forget(id);
  }

  private get(id: string): Message {
    const message = this.messages.get(id);
    if (!message) throw new UbizoError('message_not_found', 'There is no such message any more.');
    return message;
  }

  private makeRoom(): void {
    if (this.messages.size <= MOST) return;
    // Where all of them are pinned, the one that has just come is not to go again at once.
    const before = this.all().slice(0, -1);
    const oldest = before.find(({ pinned }) => !pinned) ?? before[0];
    if (oldest) this.forget(oldest.id);
  }

  private forget(id: string): void {
    const { store, tour } = this.options;
    this.messages.delete(id);
    store.add(tour.record.id, { kind: 'gone', id });
    this.tell(id);
  }

  private changed(message: Message): void {
    const { store, tour } = this.options;
    store.add(tour.record.id, lineOf(message));
    this.tell(message.id);
  }

  private want(message: Message, language: string): void {
    const { translate, now } = this.options;
    const { words } = message;
    if (words.isComing(language)) return;
    const coming = words.want(language, translate, now());
    if (coming) void this.follow(message, coming);
  }

  private async follow(message: Message, coming: Promise<void>): Promise<void> {
    await coming;
    // A translation may come when all of it has been erased.
    if (!this.over && this.messages.get(message.id) === message) this.changed(message);
  }

  private tell(news: ChatNews): void {
    for (const observer of this.observers) observer(news);
  }
}
