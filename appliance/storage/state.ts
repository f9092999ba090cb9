import { join } from 'node:path';
import { Low } from 'lowdb';
import type { Log } from '../log.ts';
import { type Problem, UbizoError } from '../protocol/errors.ts';
import { FolderLock } from './folder-lock.ts';
import { makeFolder } from './make-folder.ts';
import type { Kept, Sectioned, Sections } from './section.ts';
import { StateFile } from './state-file.ts';
import { type StateContent, StateFormat } from './state-format.ts';

export interface StateOptions<D> {
  readonly directory: string;
  /** What it holds: each domain's own. */
  readonly sections: Sections<D>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** How long after a failed write the next one is tried, ms. */
  readonly retryMs?: number;
}

interface Asked<D> {
  /** Changes the draft. @returns what to call when it is on the disk. */
  readonly apply: (draft: D) => () => void;
  readonly fail: (error: unknown) => void;
}

const RETRY_MS = 5_000;

/**
 * The box's state file, `<data>/state.json`. What is read here is on the disk: a change shows when it would survive a
 * power cut, or never. Records are not to be changed in place.
 */
export class State<D extends object> implements Sectioned<D> {
  private readonly options: StateOptions<D>;
  private readonly format: StateFormat<D>;
  private readonly file: StateFile<D>;
  private readonly lock = new FolderLock();
  private database: Low<StateContent<D>> | undefined;
  private shown: StateContent<D> | undefined;
  private asked: Asked<D>[] = [];
  private working: Promise<void> | undefined;
  private retrying: NodeJS.Timeout | undefined;
  private failing = false;

  constructor(options: StateOptions<D>) {
    const { directory, sections, log } = options;
    this.options = options;
    this.format = new StateFormat(sections);
    this.file = new StateFile({ path: join(directory, 'state.json'), format: this.format, log });
  }

  /**
   * A disk that is full or read-only does not keep the box from starting.
   * @throws UbizoError `storage_failed` with what to do, when a file is there that only a person can deal with.
   */
  async start(): Promise<void> {
    const { directory } = this.options;
    try {
      await makeFolder(directory).catch(() => undefined);
      await this.lock.take(directory);
      this.shown = (await this.file.read()) ?? { revision: 0, sections: this.format.first() };
    } catch (error) {
      await this.lock.release();
      if (error instanceof UbizoError) throw error;
      throw new UbizoError(
        'storage_failed',
        `The state file ${join(directory, 'state.json')} cannot be used. Mend it or move it away; it was left as it is.`,
        { cause: error },
      );
    }
    this.database = new Low<StateContent<D>>(this.file, this.shown);
    await this.probe();
  }

  /** Waits for what is being written. */
  async stop(): Promise<void> {
    clearTimeout(this.retrying);
    await this.working;
    clearTimeout(this.retrying);
    await this.lock.release();
  }

  /** What the guide should know: nothing can be saved, or what was saved had to be restored. */
  get problem(): Problem | undefined {
    if (!this.failing) return this.file.problem;
    return {
      code: 'storage_failed',
      message:
        'The box cannot save anything just now. Is its disk full or read-only? It tries again by itself.',
    };
  }

  /** As it is on the disk. @throws UbizoError `storage_failed` before the start. */
  get kept(): Kept<D> {
    return this.data.sections as Kept<D>;
  }

  /**
   * Changes the state: `change` is given a draft, after all changes that were asked for before it. Nothing of it shows
   * until all of it is on the disk; then this resolves with what `change` returned. Changes that are asked for while
   * the disk is busy share the next write.
   * @throws whatever `change` throws, and then nothing was changed; UbizoError `storage_failed`.
   */
  update<T>(change: (draft: D) => T): Promise<T> {
    if (!this.shown) return Promise.reject(notRead());
    return new Promise<T>((resolve, reject) => {
      this.asked.push({
        apply: (draft) => {
          const result = change(draft);
          return () => resolve(result);
        },
        fail: reject,
      });
      this.working ??= this.work();
    });
  }

  private get data(): StateContent<D> {
    if (!this.shown) throw notRead();
    return this.shown;
  }

  private async work(): Promise<void> {
    while (this.asked.length > 0) await this.writeAll(this.asked.splice(0));
    this.working = undefined;
  }

  private async writeAll(asked: readonly Asked<D>[]): Promise<void> {
    const { revision, sections: before } = this.data;
    let sections = before;
    const done: (() => void)[] = [];
    const fails: Asked<D>['fail'][] = [];
    for (const { apply, fail } of asked) {
      try {
        const draft = structuredClone(sections);
        const tell = apply(draft);
        sections = this.format.check(draft);
        done.push(tell);
        fails.push(fail);
      } catch (error) {
        fail(error);
      }
    }
    if (done.length === 0) return;
    const next = { revision: revision + 1, sections };
    try {
      await this.write(next);
      this.shown = next;
    } catch (error) {
      this.failed(error);
      for (const fail of fails) fail(cannotSave(error));
      return;
    }
    for (const tell of done) tell();
    await this.file.writeCopy(next).then(
      () => this.worked(),
      (error: unknown) => this.failed(error),
    );
  }

  private async write(next: StateContent<D>): Promise<void> {
    if (!this.database) throw new Error('not started');
    this.database.data = next;
    await this.database.write();
  }

  private worked(): void {
    if (this.failing) this.options.log.info({}, 'the state can be saved again');
    this.failing = false;
  }

  /** Tried again without being asked: who made room on the disk should see that it helped. */
  private failed(error: unknown): void {
    if (!this.failing) this.options.log.error({ err: error }, 'the state cannot be saved');
    this.failing = true;
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => void this.probe(), this.options.retryMs ?? RETRY_MS);
  }

  /** Writes what is known already: tells whether anything can be saved. */
  private async probe(): Promise<void> {
    try {
      await this.update(() => undefined);
    } catch {
      // Told by `problem`.
    }
  }
}

function notRead(): UbizoError {
  return new UbizoError('storage_failed', 'The state file has not been read yet.');
}

function cannotSave(error: unknown): UbizoError {
  return new UbizoError('storage_failed', 'The box could not save that. Is its disk full or read-only?', {
    cause: error,
  });
}
