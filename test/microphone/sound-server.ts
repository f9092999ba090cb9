import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ASOUNDRC = `
</usr/share/alsa/alsa.conf>
pcm.tourmic {
  type pulse
  device "mic.monitor"
  hint { show on  description "Tour microphone" }
}
pcm.elsewhere { type pulse  server "/nowhere/native" }
`;

/** A private PulseAudio with a sink that ends nowhere; its monitor is an ALSA capture device, in real time. */
export class SoundServer {
  readonly device = 'tourmic';
  readonly env: Record<string, string>;
  private readonly folder: string;
  private readonly daemon: ChildProcess;
  private readonly players = new Set<ChildProcess>();

  private constructor(folder: string, env: Record<string, string>, daemon: ChildProcess) {
    this.folder = folder;
    this.env = env;
    this.daemon = daemon;
  }

  static async start(): Promise<SoundServer> {
    const folder = await mkdtemp(join(tmpdir(), 'ubizo-sound-'));
    const runtime = join(folder, 'run');
    await mkdir(runtime, { mode: 0o700 });
    const asoundrc = join(folder, 'asoundrc');
    await writeFile(asoundrc, ASOUNDRC);
    const env = {
      HOME: folder,
      XDG_RUNTIME_DIR: runtime,
      PULSE_SERVER: `unix:${join(runtime, 'pulse', 'native')}`,
      ALSA_CONFIG_PATH: asoundrc,
    };
    const daemon = spawn(
      'pulseaudio',
      [
        '-n',
        '--daemonize=no',
        '--use-pid-file=no',
        '--exit-idle-time=-1',
        '--log-level=error',
        '--load=module-native-protocol-unix auth-anonymous=1',
        '--load=module-null-sink sink_name=mic rate=48000',
      ],
      { env: { ...process.env, ...env, PULSE_SERVER: '' }, stdio: 'ignore' },
    );
    const server = new SoundServer(folder, env, daemon);
    await server.ready();
    return server;
  }

  /** Plays a WAV file into the microphone; resolves when it has been played. */
  async play(path: string): Promise<void> {
    // Half a second ahead, so that a busy machine does not tear holes into the speech.
    const player = spawn('paplay', ['--device=mic', '--latency-msec=500', path], {
      env: { ...process.env, ...this.env },
      stdio: 'ignore',
    });
    this.players.add(player);
    await once(player, 'exit');
    this.players.delete(player);
  }

  async stop(): Promise<void> {
    for (const player of this.players) player.kill('SIGKILL');
    if (this.daemon.exitCode === null && this.daemon.signalCode === null) {
      this.daemon.kill('SIGKILL');
      await once(this.daemon, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    // `pactl` fails until the socket answers.
    for (let attempt = 0; attempt < 50; attempt++) {
      const answer = spawnSync('pactl', ['info'], { env: { ...process.env, ...this.env }, stdio: 'ignore' });
      if (answer.status === 0 && existsSync(this.folder)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await this.stop();
    throw new Error('PulseAudio did not start.');
  }
}
