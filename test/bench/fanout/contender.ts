import { Child } from './child.ts';
import type { Schedule } from './clock.ts';
import type { SignallingAddress } from './load-process.ts';
import type { SendLateness, ServerDialogue } from './server.ts';

/** A server that the bench compares with others, in a process of its own. */
export interface Contender {
  readonly pid: number;
  readonly signalling: SignallingAddress;
  /** Feeds it frames by the schedule, until stopped. */
  feed(schedule: Schedule): Promise<void>;
  /** @returns how many frames each language had. */
  stopFeed(): Promise<number>;
  /** Connections that it still holds. */
  size(): Promise<number>;
  takePunctuality(): Promise<SendLateness | undefined>;
  /** Gives memory back that nobody needs, where it does not do so by itself. */
  collect(): Promise<void>;
  stop(): Promise<void>;
}

/** A server written in Node. */
export class NodeContender implements Contender {
  readonly signalling: SignallingAddress;
  private readonly child: Child<ServerDialogue>;

  private constructor(child: Child<ServerDialogue>, url: string) {
    this.child = child;
    this.signalling = { kind: 'whep', url };
  }

  static async start({
    script,
    core,
    frameMs,
    bytes,
  }: {
    script: URL;
    core: number;
    frameMs: number;
    bytes: number;
  }): Promise<NodeContender> {
    const flags = ['--expose-gc', '--import', new URL('collect.ts', import.meta.url).href];
    const child = new Child<ServerDialogue>({ script, core, flags });
    const { url } = await child.ask('start', { frameMs, bytes });
    return new NodeContender(child, url);
  }

  get pid(): number {
    return this.child.pid;
  }

  async feed(schedule: Schedule): Promise<void> {
    await this.child.ask('feed', schedule);
  }

  stopFeed(): Promise<number> {
    return this.child.ask('stop', {});
  }

  size(): Promise<number> {
    return this.child.ask('size', {});
  }

  takePunctuality(): Promise<SendLateness | undefined> {
    return this.child.ask('punctuality', {});
  }

  collect(): Promise<void> {
    return this.child.ask('collect', {});
  }

  stop(): Promise<void> {
    return this.child.stop();
  }
}
