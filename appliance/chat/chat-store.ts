import type { Problem } from '../protocol/errors.ts';
import type { LineFolder } from '../storage/line-folder.ts';
import { type ChatLine, lineOf, type Message, replay } from './message.ts';

export interface ChatStoreOptions {
  /** A file for each tour. */
  readonly folder: LineFolder<ChatLine>;
  /** Whether anything of this tour is to be kept. */
  readonly isKept: (tour: string) => boolean;
}

/** Guides' messages on the disk. */
export class ChatStore {
  private readonly options: ChatStoreOptions;
  private readonly folder: LineFolder<ChatLine>;

  constructor(options: ChatStoreOptions) {
    this.options = options;
    this.folder = options.folder;
  }

  get problem(): Problem | undefined {
    return this.folder.problem;
  }

  stop(): Promise<void> {
    return this.folder.stop();
  }

  tours(): Promise<string[]> {
    return this.folder.names();
  }

  add(tour: string, line: ChatLine): void {
    if (this.options.isKept(tour)) this.folder.file(tour).append(line);
  }

  /** Resolves when what came until now is on the disk, or could not be written: then that is tried again. */
  async settle(tour: string): Promise<void> {
    if (this.options.isKept(tour)) await this.folder.file(tour).settle();
  }

  async read(tour: string): Promise<Map<string, Message>> {
    return replay(await this.folder.file(tour).read());
  }

  /** When something was written last, ms since the epoch; -Infinity: never. */
  async lastAt(tour: string): Promise<number> {
    return Math.max(-Infinity, ...[...(await this.read(tour)).values()].map(({ at }) => at));
  }

  /** Forgets what was written before `time` and is not pinned. */
  async forgetBefore(tour: string, time: number): Promise<void> {
    await this.folder
      .file(tour)
      .rewrite((lines) =>
        [...replay(lines).values()].filter(({ at, pinned }) => pinned || at >= time).map(lineOf),
      );
  }

  /** @throws what the file system says; then something may be left. */
  async erase(tour: string): Promise<void> {
    await this.folder.erase(tour);
  }
}
