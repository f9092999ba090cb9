import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { UplinkView } from '../protocol/box-state.ts';

export interface UplinkOptions {
  /** Who must be reached for languages to be interpreted; nothing when nobody need be. */
  readonly server: () => { readonly host: string; readonly port: number } | undefined;
  /** proc_net(5), `/proc/net/route`. */
  readonly routes?: string;
  /** sysfs(5), `/sys/class/net`. */
  readonly interfaces?: string;
  readonly now?: () => number;
}

/** Bytes that have gone over it since it came up. */
export interface Traffic {
  readonly name: string;
  readonly sent: number;
  readonly received: number;
}

const PATIENCE_MS = 3_000;
/** Pages ask every few seconds; a server elsewhere is not to notice. */
const GOOD_FOR_MS = 20_000;

/** The box's own way to the Internet, which visitors have no part in. */
export class Uplink {
  private readonly options: UplinkOptions;
  private looked: { at: number; online: Promise<boolean> } | undefined;

  constructor(options: UplinkOptions) {
    this.options = options;
  }

  /** Never throws. */
  async look(): Promise<UplinkView> {
    const server = this.options.server();
    const way = await this.interface();
    if (way === undefined) return { via: 'none', ...(server && { online: false }) };
    return { via: kindOf(way), ...(server && { online: await this.reaches(server) }) };
  }

  /** Nothing while there is none, or the machine does not count. Never throws. */
  async traffic(): Promise<Traffic | undefined> {
    const { interfaces = '/sys/class/net' } = this.options;
    const name = await this.interface();
    if (name === undefined) return undefined;
    const bytes = async (way: 'tx' | 'rx'): Promise<number> =>
      Number(await readFile(`${interfaces}/${name}/statistics/${way}_bytes`, 'utf8').catch(() => Number.NaN));
    const [sent, received] = await Promise.all([bytes('tx'), bytes('rx')]);
    return Number.isFinite(sent) && Number.isFinite(received) ? { name, sent, received } : undefined;
  }

  private async interface(): Promise<string | undefined> {
    const { routes = '/proc/net/route' } = this.options;
    return defaultInterface(await readFile(routes, 'utf8').catch(() => ''));
  }

  private reaches(server: { host: string; port: number }): Promise<boolean> {
    const now = (this.options.now ?? Date.now)();
    if (!this.looked || now - this.looked.at > GOOD_FOR_MS)
      this.looked = { at: now, online: answers(server.host, server.port) };
    return this.looked.online;
  }
}

/** The interface of the default route with the lowest metric. */
function defaultInterface(table: string): string | undefined {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t').map((field) => field.trim()))
    .filter(
      ([, destination, , flags = '0', , , , mask]) =>
        destination === '00000000' && mask === '00000000' && (Number.parseInt(flags, 16) & 1) === 1,
    )
    .toSorted((a, b) => Number(a[6]) - Number(b[6]))[0]?.[0];
}

function kindOf(name: string): UplinkView['via'] {
  if (name.startsWith('wl')) return 'wifi';
  return /^(ww|ppp|usb)/.test(name) ? 'mobile' : 'cable';
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.setTimeout(PATIENCE_MS, () => end(false));
  });
}
