import { readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardView } from '../protocol/box-state.ts';

export interface BoardOptions {
  /** Whose file system must not be full. */
  readonly data: string;
  /** sysfs(5). */
  readonly sys?: string;
}

/** A Raspberry Pi's firmware, bits of `get_throttled`: too little voltage now or once; slowed down now. */
const WEAK = 0x1_00_01;
const SLOWED = 0x4;
const HOT_C = 80;

/** What the machine tells of itself; every part of it is missing on some. */
export class Board {
  private readonly data: string;
  private readonly sys: string;

  constructor({ data, sys = '/sys' }: BoardOptions) {
    this.data = data;
    this.sys = sys;
  }

  /** Never throws. */
  async look(): Promise<BoardView> {
    const [temperatureC, throttled, battery, storage] = await Promise.all([
      this.temperature(),
      this.throttled(),
      this.battery(),
      this.storage(),
    ]);
    const power = powerOf(throttled, temperatureC);
    return {
      ...(temperatureC !== undefined && { temperatureC }),
      ...(power && { power }),
      ...(battery && { battery }),
      ...(storage && { storage }),
    };
  }

  private async temperature(): Promise<number | undefined> {
    const thousandths = Number(await this.read('class/thermal/thermal_zone0/temp'));
    return thousandths > 0 ? Math.round(thousandths / 1_000) : undefined;
  }

  private async throttled(): Promise<number | undefined> {
    const soc = 'devices/platform/soc';
    for (const name of await this.list(soc)) {
      const bits = Number.parseInt(await this.read(join(soc, name, 'get_throttled')), 16);
      if (Number.isFinite(bits)) return bits;
    }
    return undefined;
  }

  private async battery(): Promise<BoardView['battery']> {
    // Links, which glob() does not follow.
    for (const name of await this.list('class/power_supply')) {
      const folder = join('class/power_supply', name);
      // A mouse has one too.
      if ((await this.read(join(folder, 'scope'))) === 'Device') continue;
      const capacity = await this.read(join(folder, 'capacity'));
      const percent = Number(capacity);
      if (capacity === '' || !(percent >= 0 && percent <= 100)) continue;
      const status = await this.read(join(folder, 'status'));
      return { percent, charging: status === 'Charging' || status === 'Full' };
    }
    return undefined;
  }

  private async storage(): Promise<BoardView['storage']> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.data);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch {
      return undefined;
    }
  }

  private list(path: string): Promise<string[]> {
    return readdir(join(this.sys, path)).catch(() => []);
  }

  private async read(path: string): Promise<string> {
    return (await readFile(join(this.sys, path), 'utf8').catch(() => '')).trim();
  }
}

function powerOf(throttled: number | undefined, temperatureC: number | undefined): BoardView['power'] {
  if (throttled === undefined && temperatureC === undefined) return undefined;
  const bits = throttled ?? 0;
  if (bits & WEAK) return 'weak';
  if (bits & SLOWED || (temperatureC ?? 0) >= HOT_C) return 'hot';
  return throttled === undefined ? undefined : 'good';
}
