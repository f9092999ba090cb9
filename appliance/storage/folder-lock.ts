import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { UbizoError } from '../protocol/errors.ts';

/**
 * Keeps a second box from writing into the same folder: each would write over what the other has acknowledged. A name
 * in Linux's abstract socket namespace (unix(7)) is gone with its process, however that ends; no file stays behind.
 * Elsewhere nothing is locked.
 */
export class FolderLock {
  private server: Server | undefined;

  /** @throws UbizoError `storage_failed` when another box has the folder. */
  async take(folder: string): Promise<void> {
    if (process.platform !== 'linux') return;
    const path = await realpath(folder).catch(() => undefined);
    if (path === undefined) return;
    const name = createHash('sha256').update(path).digest('base64url').slice(0, 32);
    const server = createServer((socket) => socket.destroy());
    const problem = await new Promise<unknown>((resolve) => {
      server.once('error', resolve);
      server.listen(`\0ubizo-${name}`, () => resolve(undefined));
    });
    server.unref();
    if (problem instanceof Error && 'code' in problem && problem.code === 'EADDRINUSE') {
      throw new UbizoError('storage_failed', `Another box uses the folder ${folder}. Stop it first.`);
    }
    this.server = server;
  }

  async release(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }
}
