import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { askRoot } from '../network/root-socket.ts';
import { type CheckUpsView, type CheckUpView, doctorReport } from '../protocol/box-state.ts';
import { UbizoError } from '../protocol/errors.ts';

/** A check-up takes up to 20 s, and its unit is ended after 40. */
const PATIENCE_MS = 45_000;
const MOST = 65_536;

/**
 * What firmware-scripts/doctor found on this box, and the way to ask for a new look: it needs root, so it runs as a
 * unit of its own that the appliance asks for (firmware-scripts/errand).
 */
export class CheckUp {
  private readonly folder: string;
  private making: Promise<CheckUpView> | undefined;

  /** @param folder of `errand.sock` and `doctor.json`. */
  constructor({ folder }: { folder: string }) {
    this.folder = folder;
  }

  async view(): Promise<CheckUpsView> {
    const last = await this.last();
    return { possible: existsSync(`${this.folder}/errand.sock`), ...(last && { last }) };
  }

  /** Who asks while one is being made waits for that one. @throws UbizoError `check_up_failed`. */
  make(): Promise<CheckUpView> {
    this.making ??= this.ask().finally(() => (this.making = undefined));
    return this.making;
  }

  private async last(): Promise<CheckUpView | undefined> {
    const path = `${this.folder}/doctor.json`;
    try {
      const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      return { ...doctorReport.parse(JSON.parse(text)), at: Math.round(mtimeMs) };
    } catch {
      // None yet, or one is being written.
      return undefined;
    }
  }

  private async ask(): Promise<CheckUpView> {
    try {
      const answer = await askRoot(`${this.folder}/errand.sock`, 'doctor\n', {
        patienceMs: PATIENCE_MS,
        most: MOST,
      });
      const report = doctorReport.parse(JSON.parse(answer.replace(/\ndone$/, '')));
      return { ...report, at: Date.now() };
    } catch (error) {
      throw new UbizoError(
        'check_up_failed',
        'The check-up could not be made. On the box itself: sudo firmware-scripts/doctor.',
        { cause: error },
      );
    }
  }
}
