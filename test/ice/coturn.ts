import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SECRET = 'a-secret-of-the-tests';

/** Debian's coturn on loopback, as a STUN and TURN server with a shared secret. */
export class Coturn {
  readonly port: number;
  private readonly folder: string;
  private child: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  static async start(): Promise<Coturn> {
    const folder = await mkdtemp(join(tmpdir(), 'ubizo-coturn-'));
    const coturn = new Coturn(folder, await freePort());
    await writeFile(
      join(folder, 'turnserver.conf'),
      [
        'listening-ip=127.0.0.1',
        'relay-ip=127.0.0.1',
        `listening-port=${coturn.port}`,
        'use-auth-secret',
        `static-auth-secret=${SECRET}`,
        'realm=test',
        'no-cli',
        'no-tls',
        'no-dtls',
        `userdb=${join(folder, 'turndb')}`,
        `pidfile=${join(folder, 'pid')}`,
        'log-file=stdout',
        'new-log-timestamp',
        '',
      ].join('\n'),
    );
    await coturn.resume();
    return coturn;
  }

  /** Again, where it was. */
  async resume(): Promise<void> {
    const child = spawn('turnserver', ['-c', join(this.folder, 'turnserver.conf')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.child = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      // Read to its end: a full pipe would stop it.
      child.stdout.on('data', (piece: Buffer) => {
        said += piece.toString();
        if (said.includes('(admin thread)')) resolve();
      });
      child.once('exit', () => reject(new Error(`coturn does not run:\n${said}`)));
      child.once('error', reject);
    });
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
