import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildPages, pagesAreStale } from '../../appliance/http/page-build.ts';
import { Machine } from './machine.ts';
import { cable, ip, Namespaces, within } from './namespaces.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RADIO = join(ROOT, 'firmware-scripts/radio');
const REHEARSAL = join(ROOT, 'appliance/microphone/recordings/rehearsal.wav');
const DHCP_SCRIPT = fileURLToPath(new URL('dhcp-script', import.meta.url));

/** The box's own address, for visitors. */
export const BOX = '10.77.0.1';
export const SETUP_CODE = 'SETUP234';
export const NAME = 'ubizo-t3st';
/** Somebody on the network that the box gets its Internet from. */
export const UPLINK_NEIGHBOUR = '192.168.50.1';

/** What udhcpc was given, at one of its events. */
interface Offered {
  readonly event: string;
  readonly ip: string;
  readonly router: string;
  readonly dns: string;
  /** As it came over the wire. */
  readonly option114: string;
}

export interface Phone {
  readonly machine: Machine;
  readonly namespace: string;
  readonly address: string;
  readonly offered: Offered;
  /** Gives its lease back, as a phone that leaves. */
  release(): Promise<void>;
}

/**
 * A box between its visitors and an uplink, each in a network namespace: the real radio script (with dnsmasq and
 * nftables; the air is cables into a bridge), the real appliance, and real DHCP clients.
 */
export class Lab {
  readonly folder: string;
  readonly box: string;
  readonly uplink: Machine;
  private readonly namespaces: Namespaces;
  private readonly children: ChildProcess[] = [];
  private readonly machines: Machine[] = [];
  private phones = 0;
  private said = '';

  private constructor(folder: string, namespaces: Namespaces, box: string, uplink: Machine) {
    this.folder = folder;
    this.namespaces = namespaces;
    this.box = box;
    this.uplink = uplink;
    this.machines.push(uplink);
  }

  static async open({ uplinkRoute = true }: { uplinkRoute?: boolean } = {}): Promise<Lab> {
    if (await pagesAreStale()) {
      const problem = await buildPages();
      if (problem !== undefined) throw new Error(problem);
    }
    const namespaces = new Namespaces();
    const folder = await mkdtemp(join(tmpdir(), 'ubizo-network-'));
    // dnsmasq reads in there as a user of its own.
    await chmod(folder, 0o755);
    const box = namespaces.add('box');
    // One of its own: else it takes the least of its ports' with each phone that joins, and the others miss it for a while.
    ip('-n', box, 'link', 'add', 'br0', 'address', '02:00:00:00:77:01', 'type', 'bridge');
    ip('-n', box, 'link', 'set', 'br0', 'up');
    const beyond = namespaces.add('uplink');
    cable([box, 'eth0'], [beyond, 'eth0']);
    ip('-n', beyond, 'address', 'add', `${UPLINK_NEIGHBOUR}/24`, 'dev', 'eth0');
    ip('-n', box, 'address', 'add', '192.168.50.2/24', 'dev', 'eth0');
    if (uplinkRoute) ip('-n', box, 'route', 'add', 'default', 'via', UPLINK_NEIGHBOUR);
    return new Lab(folder, namespaces, box, await Machine.start(beyond));
  }

  get run(): string {
    return join(this.folder, 'radio');
  }

  /** Everything that the radio and the appliance said. */
  get log(): string {
    return this.said;
  }

  async startRadio(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const lines = { INTERFACE: 'br0', ACCESS_POINT: 'external', NAME, ...settings };
    writeFileSync(
      join(this.folder, 'network.conf'),
      Object.entries(lines)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
    const radio = this.spawn(this.box, this.radioCommand('run'));
    await this.until('the radio is up', () => this.radioState().phase === 'up', radio);
    this.radio = radio;
  }

  /** Calls the script as another process of root's. */
  async askRadio(...words: readonly string[]): Promise<number> {
    const child = this.spawn(this.box, this.radioCommand(...words));
    const [code] = (await once(child, 'exit')) as [number];
    return code;
  }

  /** What ubizo-radio.socket does on a device: `radio serve` for each who asks. */
  async openRadioSocket(): Promise<void> {
    const path = `${this.run}.sock`;
    const listen = ['systemd-socket-activate', '--accept', '--inetd', `--listen=${path}`];
    const listener = this.spawn(this.box, [...listen, ...this.radioCommand('serve')]);
    await this.until('the radio’s socket is there', () => existsSync(path), listener);
  }

  async stopRadio(): Promise<void> {
    if (this.radio) await end(this.radio);
  }
  private radio: ChildProcess | undefined;

  async startAppliance(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = this.spawn(
      this.box,
      [
        'unshare',
        '--uts',
        'sh',
        '-c',
        `hostname ${NAME}; exec "$@"`,
        'sh',
        process.execPath,
        'appliance/main.ts',
      ],
      {
        UBIZO_DATA: join(this.folder, 'data'),
        UBIZO_RADIO: this.run,
        UBIZO_PUBLIC_PORT: '80',
        UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
        UBIZO_INTERPRETER: 'none',
        UBIZO_SETUP_CODE: SETUP_CODE,
        UBIZO_INSTALL: 'no',
        ...environment,
      },
    );
    this.appliance = child;
    await this.until('the appliance is ready', () => this.said.includes('"msg":"ready"'), child);
  }

  async stopAppliance(): Promise<void> {
    if (this.appliance) await end(this.appliance);
    this.said = this.said.replaceAll('"msg":"ready"', '"msg":"was ready"');
  }

  get applianceRuns(): boolean {
    return this.appliance?.exitCode === null && this.appliance.signalCode === null;
  }
  private appliance: ChildProcess | undefined;

  /** Plugs a phone into the visitors' network; it has no address yet. @returns its namespace. */
  plug(): string {
    const name = `phone${++this.phones}`;
    const namespace = this.namespaces.add(name);
    cable([this.box, name], [namespace, 'wlan0']);
    ip('-n', this.box, 'link', 'set', name, 'master', 'br0');
    return namespace;
  }

  /** A phone that has joined, and has its address from the box. */
  async join(): Promise<Phone> {
    const namespace = this.plug();
    const lease = join(this.folder, `${namespace}.lease`);
    const client = this.spawn(
      namespace,
      // prettier-ignore
      ['busybox', 'udhcpc', '-i', 'wlan0', '-f', '-n', '-t', '8', '-T', '1', '-O', '114', '-s', DHCP_SCRIPT],
      { UBZ_LEASE: lease },
    );
    await this.until(
      'the phone has an address',
      () => offers(lease).some(({ event }) => event === 'bound'),
      client,
    );
    const offered = offers(lease).findLast(({ event }) => event === 'bound');
    if (!offered) throw new Error('no lease');
    const machine = await Machine.start(namespace);
    this.machines.push(machine);
    return {
      machine,
      namespace,
      address: offered.ip,
      offered,
      release: async () => {
        // Its routes go with its address: the release has to be on its way before.
        client.kill('SIGUSR2');
        await this.until('the lease is given back', () => offers(lease).at(-1)?.event === 'deconfig', client);
      },
    };
  }

  /** Somebody at the box's own keyboard. */
  async machine(): Promise<Machine> {
    const machine = await Machine.start(this.box);
    this.machines.push(machine);
    return machine;
  }

  /** A command in one of the networks; what it says is part of {@link log}. */
  spawn(
    namespace: string,
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): ChildProcess {
    const [program, ...args] = within(namespace, command);
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.children.push(child);
    return child;
  }

  radioState(): Readonly<Record<string, string>> {
    const path = join(this.run, 'state');
    if (!existsSync(path)) return {};
    return Object.fromEntries(
      readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );
  }

  /** Polls: what is waited for is in other processes and in files. */
  async until(what: string, holds: () => boolean, child?: ChildProcess): Promise<void> {
    const began = Date.now();
    while (!holds()) {
      if (child && (child.exitCode !== null || child.signalCode !== null))
        throw new Error(`Ended before ${what}:\n${this.said}`);
      if (Date.now() - began > 30_000) throw new Error(`Not in 30 s: ${what}\n${this.said}`);
      await wait(50);
    }
  }

  async close(): Promise<void> {
    for (const machine of this.machines) await machine.stop();
    for (const child of this.children.toReversed()) await end(child);
    this.namespaces.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private radioCommand(...words: readonly string[]): string[] {
    // prettier-ignore
    return [RADIO, '--settings', join(this.folder, 'network.conf'), '--run', this.run, '--keep', join(this.folder, 'keep'), ...words];
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

function offers(path: string): Offered[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [event = '', ...rest] = line.split(' ');
      const pairs = Object.fromEntries(rest.map((each) => each.split('=') as [string, string]));
      return { event, ip: '', router: '', dns: '', option114: '', ...pairs };
    });
}
