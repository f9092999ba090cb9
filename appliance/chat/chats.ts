import type { Log } from '../log.ts';
import type { Companion } from '../tour/companion.ts';
import type { Tour } from '../tour/tour.ts';
import type { TranslateText } from '../translator/wording.ts';
import type { ChatStore } from './chat-store.ts';
import { TourChat } from './tour-chat.ts';

export interface ChatsOptions {
  readonly store: ChatStore;
  /** For one tour. */
  readonly translating: (tour: Tour) => TranslateText;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}

/** What the guides of all tours write to all. Kept for as long as the transcripts. */
export class Chats implements Companion {
  /** How many messages and reactions there were, since the box began. */
  readonly counts = new Map<'message' | 'reaction', number>();
  private readonly options: ChatsOptions;
  private readonly byTour = new Map<string, TourChat>();

  constructor(options: ChatsOptions) {
    this.options = options;
  }

  follow(tour: Tour): () => void {
    const { store, translating, now } = this.options;
    const { id } = tour.record;
    const chat = new TourChat({
      tour,
      store,
      translate: translating(tour),
      now,
      onCount: (what) => this.counts.set(what, (this.counts.get(what) ?? 0) + 1),
    });
    this.byTour.set(id, chat);
    return () => {
      chat.stop();
      this.byTour.delete(id);
    };
  }

  async recall({ record: { id, state } }: Tour): Promise<void> {
    if (state === 'ended') return;
    try {
      this.byTour.get(id)?.recall(await this.options.store.read(id));
    } catch (error) {
      this.options.log.error({ err: error, tour: id }, 'the messages so far cannot be read');
    }
  }

  /** Undefined for a tour that has gone meanwhile. */
  of(tour: string): TourChat | undefined {
    return this.byTour.get(tour);
  }
}
