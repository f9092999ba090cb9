import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSigningKey } from '../../appliance/account/keys.ts';
import { people, type People as Parts } from '../../appliance/assembly/accounts.ts';
import { type BoxState, sections } from '../../appliance/assembly/storage.ts';
import { Clock } from '../../appliance/clock/clock.ts';
import { silentLog } from '../../appliance/log.ts';
import { State } from '../../appliance/storage/state.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const SETUP_CODE = 'SETUP234';
export const PASSWORD = 'correct horse battery';

/** Everything about accounts on a real state file, with a clock that the test sets. */
export class People {
  state!: BoxState;
  parts!: Parts;
  /** What the machine's clock says. */
  wall = Date.UTC(2027, 5, 1, 12);
  private uptime = 0;
  private clock!: Clock;
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async start(): Promise<People> {
    const opened = new People(await mkdtemp(join(tmpdir(), 'ubizo-people-')));
    await opened.boot();
    return opened;
  }

  /** Time goes by, as all clocks see it. */
  pass(ms: number): void {
    this.wall += ms;
    this.uptime += ms;
  }

  /** Off and on again, with the machine's clock at `wall`. */
  async restart(wall = this.wall): Promise<void> {
    await this.halt();
    this.wall = wall;
    await this.boot();
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async boot(): Promise<void> {
    this.state = new State({
      directory: this.folder,
      sections: sections(() => ({ signingKey: newSigningKey(this.wall), setupCode: SETUP_CODE })),
      log: silentLog(),
    });
    await this.state.start();
    const { state } = this;
    this.clock = new Clock({
      seen: () => state.kept.device,
      save: (seen) => state.update(({ device }) => void Object.assign(device, seen)),
      wall: () => this.wall,
      monotonic: () => this.uptime,
    });
    this.clock.start();
    this.parts = people({ state, clock: this.clock, setupCode: () => state.kept.device.setupCode });
  }

  private async halt(): Promise<void> {
    this.parts.keys.stop();
    await this.clock.stop();
    await this.state.stop();
  }
}
