import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Uplink } from '../appliance/network/uplink.ts';

const HEAD = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
const route = (name: string, metric: number, flags = '0003'): string =>
  `${name}\t00000000\t0132A8C0\t${flags}\t0\t0\t${metric}\t00000000\t0\t0\t0\n`;
const LAN = 'wlan0\t00004D0A\t00000000\t0001\t0\t0\t0\t00FCFFFF\t0\t0\t0\n';

let folder: string;
let routes: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-uplink-'));
  routes = join(folder, 'route');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const uplink = (server?: { host: string; port: number }) => new Uplink({ routes, server: () => server });

describe('the uplink', () => {
  it.each([
    ['eth0', 'cable'],
    ['enp3s0', 'cable'],
    ['wlan0', 'wifi'],
    ['wwan0', 'mobile'],
    ['ppp0', 'mobile'],
    ['usb0', 'mobile'],
  ])('over %s is called %s', async (name, via) => {
    await writeFile(routes, HEAD + LAN + route(name, 100));
    expect(await uplink().look()).toEqual({ via });
  });

  it('is the route that the kernel prefers, and none that is down', async () => {
    await writeFile(routes, HEAD + route('wwan0', 700) + route('eth0', 100) + route('wlan0', 1, '0002'));
    expect(await uplink().look()).toEqual({ via: 'cable' });
  });

  it('is none without a default route, whoever else is there', async () => {
    await writeFile(routes, HEAD + LAN);
    expect(await uplink({ host: '127.0.0.1', port: 1 }).look()).toEqual({ via: 'none', online: false });
    expect(await new Uplink({ routes: join(folder, 'gone'), server: () => undefined }).look()).toEqual({
      via: 'none',
    });
  });

  it('leads to the Internet when the interpreter’s server answers', async () => {
    await writeFile(routes, HEAD + route('eth0', 100));
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await uplink({ host: '127.0.0.1', port }).look()).toEqual({ via: 'cable', online: true });
    await new Promise((resolve) => server.close(resolve));
    expect(await uplink({ host: '127.0.0.1', port }).look()).toEqual({ via: 'cable', online: false });
  });
});
