import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Asking } from '../portal/phone.ts';
import type { Deed, Reach } from './inside.ts';
import { within } from './namespaces.ts';

const INSIDE = fileURLToPath(new URL('inside.ts', import.meta.url));

type Reply = { readonly id: number; readonly result?: unknown; readonly error?: string };

/** A record as a neighbour hears it. */
export interface Record {
  readonly name: string;
  readonly type: string;
  readonly data: unknown;
}

/** A machine in a network of the lab: {@link Deed}s are done there. */
export class Machine {
  readonly namespace: string;
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private count = 0;

  private constructor(namespace: string, process: ChildProcess) {
    this.namespace = namespace;
    this.process = process;
    process.on('message', (reply: Reply) => this.waiting.get(reply.id)?.(reply));
  }

  static async start(namespace: string): Promise<Machine> {
    const [program, ...args] = within(namespace, [process.execPath, INSIDE]);
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(child, 'message');
    return new Machine(namespace, child);
  }

  /** Runs a Node program there to its end. */
  static async run(
    namespace: string,
    args: readonly string[],
  ): Promise<{ readonly code: number | null; readonly stderr: string }> {
    const [program, ...rest] = within(namespace, [process.execPath, ...args]);
    const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stderr };
  }

  http(url: string, asking: Asking = {}): Promise<Answer> {
    return this.ask({ do: 'http', url, ...asking }) as Promise<Answer>;
  }

  tcp(host: string, port: number): Promise<{ reach: Reach; ms: number }> {
    return this.ask({ do: 'tcp', host, port }) as Promise<{ reach: Reach; ms: number }>;
  }

  async udp(host: string, port: number): Promise<Reach> {
    return ((await this.ask({ do: 'udp', host, port })) as { reach: Reach }).reach;
  }

  /** Whether the TURN server at `host` would hand on what is for `to`. */
  async relay(
    host: string,
    { username, credential: password }: { username: string; credential: string },
    to: string,
  ): Promise<Reach> {
    return ((await this.ask({ do: 'relay', host, username, password, to })) as { reach: Reach }).reach;
  }

  lookup(name: string, type: 'A' | 'AAAA' | 'HTTPS' = 'A'): Promise<unknown> {
    return this.ask({ do: 'lookup', name, type });
  }

  async serve(port: number): Promise<void> {
    await this.ask({ do: 'serve', port });
  }

  mdns(name: string, type: 'A' | 'PTR' | 'SRV' | 'TXT'): Promise<readonly Record[]> {
    return this.ask({ do: 'mdns', name, type }) as Promise<readonly Record[]>;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill();
    await gone;
  }

  private async ask(deed: Deed): Promise<unknown> {
    const id = ++this.count;
    const reply = await new Promise<Reply>((resolve) => {
      this.waiting.set(id, resolve);
      this.process.send({ id, deed });
    });
    this.waiting.delete(id);
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.result;
  }
}
