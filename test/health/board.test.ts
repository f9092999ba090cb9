import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Board } from '../../appliance/health/board.ts';

let sys: string;

beforeEach(async () => {
  sys = await mkdtemp(join(tmpdir(), 'ubizo-board-'));
});

afterEach(() => rm(sys, { recursive: true, force: true }));

async function kernelSays(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(sys, path)), { recursive: true });
    await writeFile(join(sys, path), `${text}\n`);
  }
}

const look = () => new Board({ data: sys, sys }).look();
const TEMPERATURE = 'class/thermal/thermal_zone0/temp';
const THROTTLED = 'devices/platform/soc/soc:firmware/get_throttled';

describe('the board', () => {
  it('tells nothing that it cannot know, and what is free on the disk', async () => {
    const { storage, ...rest } = await look();
    expect(rest).toEqual({});
    expect(storage?.totalBytes).toBeGreaterThan(storage?.freeBytes ?? Infinity);
    expect(await new Board({ data: join(sys, 'gone'), sys }).look()).toEqual({});
  });

  it.each([
    ['cool on a good supply', '52300', '0', { temperatureC: 52, power: 'good' }],
    ['on too weak a supply', '52300', '50005', { temperatureC: 52, power: 'weak' }],
    ['that was too weak once', '52300', '50000', { temperatureC: 52, power: 'weak' }],
    ['slowed down by heat', '79000', '4', { temperatureC: 79, power: 'hot' }],
    ['hot enough to be slowed down', '85100', '0', { temperatureC: 85, power: 'hot' }],
  ])('of a Raspberry Pi %s', async (_, temperature, throttled, expected) => {
    await kernelSays({ [TEMPERATURE]: temperature, [THROTTLED]: throttled });
    expect(await look()).toMatchObject(expected);
  });

  it('of a machine that tells its temperature alone is not called good, but can be hot', async () => {
    await kernelSays({ [TEMPERATURE]: '41000' });
    expect(await look()).not.toHaveProperty('power');
    await kernelSays({ [TEMPERATURE]: '90000' });
    expect(await look()).toMatchObject({ temperatureC: 90, power: 'hot' });
  });

  it('has a battery of its own, not a mouse’s', async () => {
    await kernelSays({
      'class/power_supply/AC/online': '0',
      'devices/hidpp_0/capacity': '12',
      'devices/hidpp_0/scope': 'Device',
      'devices/BAT0/capacity': '73',
      'devices/BAT0/status': 'Discharging',
    });
    // As the kernel has them.
    for (const name of ['hidpp_0', 'BAT0'])
      await symlink(`../../devices/${name}`, join(sys, 'class/power_supply', name));
    expect((await look()).battery).toEqual({ percent: 73, charging: false });
    await kernelSays({ 'class/power_supply/BAT0/status': 'Charging' });
    expect((await look()).battery).toEqual({ percent: 73, charging: true });
  });
});
