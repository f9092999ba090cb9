import { KeptLines } from '../storage/kept-lines.ts';
import { type ChatLine, lineOf, type Message, replay } from './message.ts';

/** Guides' messages on the disk. */
export class ChatStore extends KeptLines<ChatLine> {
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
}
