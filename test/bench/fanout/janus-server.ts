import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrameClock, mediaTime, monotonicMs, type Schedule } from './clock.ts';
import type { Contender } from './contender.ts';
import { JanusSignalling } from './janus-signalling.ts';
import type { SignallingAddress } from './load-process.ts';
import { makePayload } from './payload.ts';
import { OPUS } from './sdp.ts';

const PATIENCE_MS = 10_000;
const HEADER = 12;

/** How Janus works through its listeners: a thread for each, or so many event loops for all. */
export type JanusThreads = 'per listener' | number;

/**
 * Debian's Janus: the streaming plugin, a mountpoint for each language, fed with RTP over loopback. Its programs are
 * started with a folder of settings of their own and only the two modules that are needed.
 */
export class JanusServer implements Contender {
  readonly signalling: SignallingAddress;
  private readonly janus: ChildProcess;
  private readonly directory: string;
  private readonly ports: readonly number[];
  private readonly bytes: number;
  private readonly socket: Socket = createSocket('udp4');
  private clock: FrameClock | undefined;

  private constructor(parts: {
    janus: ChildProcess;
    directory: string;
    url: string;
    ports: readonly number[];
    bytes: number;
  }) {
    this.janus = parts.janus;
    this.directory = parts.directory;
    this.signalling = { kind: 'janus', url: parts.url };
    this.ports = parts.ports;
    this.bytes = parts.bytes;
  }

  static get installed(): boolean {
    return spawnSync('janus', ['--version']).error === undefined;
  }

  static async start(options: {
    languages: number;
    bytes: number;
    core: number;
    threads: JanusThreads;
  }): Promise<JanusServer> {
    const { languages, bytes, core, threads } = options;
    const directory = await mkdtemp(join(tmpdir(), 'ubizo-janus-'));
    const ports = await Promise.all(Array.from({ length: languages }, freeUdpPort));
    const port = await freeTcpPort();
    await configure({ directory, ports, port, threads });
    const command = ['--cpu-list', String(core), 'setpriv', '--pdeathsig', 'KILL', 'janus', '-F', directory];
    const janus = spawn('taskset', command, { stdio: 'ignore' });
    const url = `ws://127.0.0.1:${port}`;
    await reachable(url, janus);
    return new JanusServer({ janus, directory, url, ports, bytes });
  }

  get pid(): number {
    if (this.janus.pid === undefined) throw new Error('Janus did not start.');
    return this.janus.pid;
  }

  async feed(schedule: Schedule): Promise<void> {
    const { bytes, socket, ports } = this;
    this.clock = new FrameClock({
      schedule,
      tick: (language, frame, due) => {
        const packet = Buffer.alloc(HEADER + bytes);
        packet[0] = 0x80;
        packet[1] = OPUS;
        packet.writeUInt16BE(frame & 0xffff, 2);
        packet.writeUInt32BE(mediaTime(due) % 2 ** 32, 4);
        packet.writeUInt32BE(language + 1, 8);
        makePayload({ language, frame, bytes }).copy(packet, HEADER);
        socket.send(packet, ports[language], '127.0.0.1');
      },
    });
    this.clock.start();
  }

  async stopFeed(): Promise<number> {
    return this.clock?.stop() ?? 0;
  }

  /** Not asked: who has detached is gone when Janus has acknowledged it. */
  async size(): Promise<number> {
    return 0;
  }

  async takePunctuality(): Promise<undefined> {
    return undefined;
  }

  async collect(): Promise<void> {
    // It has no garbage.
  }

  async stop(): Promise<void> {
    await this.clock?.stop();
    this.socket.close();
    const exited = once(this.janus, 'exit');
    this.janus.kill('SIGKILL');
    await exited;
    await rm(this.directory, { recursive: true });
  }
}

async function configure({
  directory,
  ports,
  port,
  threads,
}: {
  directory: string;
  ports: readonly number[];
  port: number;
  threads: JanusThreads;
}): Promise<void> {
  const debian = readFileSync('/etc/janus/janus.jcfg', 'utf8');
  const folders: string[] = [];
  for (const [kind, module] of [
    ['plugins', 'libjanus_streaming.so'],
    ['transports', 'libjanus_websockets.so'],
  ] as const) {
    const installed = new RegExp(`${kind}_folder = "([^"]+)"`).exec(debian)?.[1] ?? '';
    const folder = join(directory, kind);
    await mkdir(folder);
    await symlink(join(installed, module), join(folder, module));
    folders.push(`${kind}_folder = "${folder}"`);
  }
  const none = join(directory, 'none');
  await mkdir(none);
  const files = {
    'janus.jcfg': `general: {
      configs_folder = "${directory}"
      ${folders.join('\n')}
      events_folder = "${none}"
      loggers_folder = "${none}"
      debug_level = 1
      ${threads === 'per listener' ? '' : `event_loops = ${threads}`}
    }
    nat: { ice_lite = true }
    media: { ipv6 = false }`,
    'janus.transport.websockets.jcfg': `general: { json = "compact", ws = true, ws_port = ${port}, ws_ip = "127.0.0.1" }`,
    'janus.plugin.streaming.jcfg': ports
      .map(
        (audioport, language) => `language-${language}: {
          type = "rtp", id = ${language + 1}, audio = true, video = false
          audioport = ${audioport}, audiopt = ${OPUS}, audiocodec = "opus"
        }`,
      )
      .join('\n'),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
}

async function reachable(url: string, janus: ChildProcess): Promise<void> {
  const deadline = monotonicMs() + PATIENCE_MS;
  for (;;) {
    try {
      (await JanusSignalling.connect(url)).close();
      return;
    } catch (error) {
      if (janus.exitCode !== null || monotonicMs() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
