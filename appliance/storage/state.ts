import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import * as z from 'zod/mini';
import { UbizoError } from '../protocol/errors.ts';
import { type TourRecord, tourRecord } from '../tour/record.ts';
import { DurableFile } from './durable-file.ts';

const VERSION = 1;

const stateFile = z.object({
  version: z.literal(VERSION),
  tours: z.array(tourRecord),
  /** Signs cookies and join tokens: 32 bytes, base64url. */
  signingKey: z.string(),
  setupCode: z.string(),
});
type StateFile = z.infer<typeof stateFile>;

export interface StateOptions {
  readonly directory: string;
  /** What a new box starts with. */
  readonly first: () => Pick<StateFile, 'signingKey' | 'setupCode'>;
}

/** The box's state file, `<data>/state.json`. A change is acknowledged when it would survive a power cut. */
export class State {
  private readonly options: StateOptions;
  /** Whether the last write reached the disk. */
  writable = true;
  private database: Low<StateFile> | undefined;
  private writing: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;

  constructor(options: StateOptions) {
    this.options = options;
  }

  /** @throws UbizoError `storage_failed` with what to do; a file that cannot be read is never overwritten. */
  async start(): Promise<void> {
    const { directory, first } = this.options;
    const path = join(directory, 'state.json');
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const adapter = new DurableFile<StateFile>({ path, parse: (data) => stateFile.parse(data) });
      this.database = new Low<StateFile>(adapter, { version: VERSION, tours: [], ...first() });
      const known = await adapter.read();
      if (known) this.database.data = known;
      else await this.database.write();
    } catch (error) {
      throw new UbizoError(
        'storage_failed',
        `The state file ${path} cannot be used. Mend it or move it away; it was left as it is.`,
        { cause: error },
      );
    }
  }

  /** Waits for what is being written. */
  async stop(): Promise<void> {
    await Promise.allSettled([this.writing, this.waiting]);
  }

  get setupCode(): string {
    return this.data.setupCode;
  }

  get signingKey(): string {
    return this.data.signingKey;
  }

  get tours(): readonly TourRecord[] {
    return this.data.tours;
  }

  async saveTour(record: TourRecord): Promise<void> {
    const { tours } = this.data;
    const known = tours.findIndex(({ id }) => id === record.id);
    if (known >= 0) tours[known] = record;
    else tours.push(record);
    await this.write();
  }

  async deleteTour(id: string): Promise<void> {
    this.data.tours = this.data.tours.filter((tour) => tour.id !== id);
    await this.write();
  }

  private get data(): StateFile {
    if (!this.database) throw new UbizoError('storage_failed', 'The state file has not been read yet.');
    return this.database.data;
  }

  /** One write at a time; all that asked while it ran share the next one. */
  private async write(): Promise<void> {
    this.waiting ??= (async () => {
      await this.writing?.catch(() => undefined);
      this.writing = this.waiting;
      this.waiting = undefined;
      await this.database?.write();
    })();
    try {
      await this.waiting;
      this.writable = true;
    } catch (error) {
      this.writable = false;
      throw new UbizoError('storage_failed', 'The box could not save that. Is its disk full or read-only?', {
        cause: error,
      });
    }
  }
}
