import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A way to the box that can be stalled, as when a phone goes out of reach: nobody is told, nothing arrives, and what is
 * on its way comes late.
 */
export class StallingProxy {
  private readonly server: Server;
  private readonly ends = new Set<Socket>();
  private readonly late: (() => void)[] = [];
  private stalled = false;

  private constructor(target: number) {
    this.server = createServer((near) => this.join(near, connect(target, '127.0.0.1')));
  }

  static async start({ target }: { target: number }): Promise<StallingProxy> {
    const proxy = new StallingProxy(target);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Nothing passes, in neither direction, until called with `false`. */
  stall(on: boolean): void {
    this.stalled = on;
    if (!on) for (const pass of this.late.splice(0)) pass();
  }

  stop(): void {
    this.server.close();
    for (const end of this.ends) end.destroy();
  }

  private join(near: Socket, far: Socket): void {
    this.pipe(near, far);
    this.pipe(far, near);
  }

  private pipe(from: Socket, to: Socket): void {
    this.ends.add(from);
    from.on('data', (data) => this.pass(() => to.write(data)));
    from.on('error', () => from.destroy());
    from.on('close', () => {
      this.ends.delete(from);
      this.pass(() => to.end());
    });
  }

  private pass(act: () => void): void {
    if (this.stalled) this.late.push(act);
    else act();
  }
}
