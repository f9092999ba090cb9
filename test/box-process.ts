import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../appliance/main.ts', import.meta.url));
const SETUP_CODE = 'SETUP234';

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
}

/** The box as it runs on a device: `main.ts` in a process of its own, on loopback. */
export class BoxProcess {
  /** What it has said and logged. */
  said = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  private port = 0;
  private cookie = '';

  private constructor(child: ChildProcess) {
    this.child = child;
    this.exited = once(child, 'exit');
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  /** Starts it and does not wait. @param cookie of a guide who signed in to the same data before. */
  static spawn(environment: Readonly<Record<string, string>>, cookie = ''): BoxProcess {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        UBIZO_HOST: '127.0.0.1',
        UBIZO_HTTP_PORT: '0',
        UBIZO_HTTPS_PORT: '0',
        UBIZO_SETUP_CODE: SETUP_CODE,
        UBIZO_MICROPHONE: 'none',
        UBIZO_INTERPRETER: 'none',
        UBIZO_INSTALL: 'no',
        // A tenth of a second less until it answers, each time.
        NODE_COMPILE_CACHE: join(tmpdir(), 'ubizo-compile-cache'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const box = new BoxProcess(child);
    box.cookie = cookie;
    return box;
  }

  static async start(environment: Readonly<Record<string, string>>, cookie = ''): Promise<BoxProcess> {
    const box = BoxProcess.spawn(environment, cookie);
    await box.ready();
    if (cookie === '') await box.signIn();
    return box;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get guideCookie(): string {
    return this.cookie;
  }

  /** @throws what it said, when it has ended instead. */
  async ready(): Promise<void> {
    for (;;) {
      const port = /^Here: +http:\/\/localhost:(\d+)/m.exec(this.said)?.[1];
      if (port !== undefined) {
        this.port = Number(port);
        return;
      }
      const more = this.child.stdout ? once(this.child.stdout, 'data') : Promise.resolve();
      await Promise.race([more, this.exited]);
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`The box has ended: ${this.said}`);
    }
  }

  /** A guide's call. @throws when there is no answer. */
  call(path: string, { method = 'GET', body }: Call = {}): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { cookie: this.cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** As by the plug. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.exited;
  }

  private async signIn(): Promise<void> {
    const response = await this.call('/api/sign-in', { method: 'POST', body: { setupCode: SETUP_CODE } });
    this.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    if (!response.ok) throw new Error(await response.text());
  }
}
