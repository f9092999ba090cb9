import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks a script that runs as root, through a socket that systemd holds: the request, then the whole answer.
 * @throws when nobody answers in time; what is beyond `most` characters is not read.
 */
export async function askRoot(
  path: string,
  request: string,
  { patienceMs, most }: { patienceMs: number; most: number },
): Promise<string> {
  const socket = createConnection(path);
  const patience = new AbortController();
  const late = wait(patienceMs, undefined, { signal: patience.signal }).then(() =>
    socket.destroy(new Error('Nobody answers.')),
  );
  late.catch(() => undefined);
  let answer = '';
  try {
    socket.end(request);
    for await (const chunk of socket.setEncoding('utf8')) {
      answer += String(chunk);
      if (answer.length > most) break;
    }
    return answer.trim();
  } catch (error) {
    // A script that refuses the first line leaves the others unread, and the kernel calls that a reset (unix(7)).
    if (answer !== '' && (error as NodeJS.ErrnoException).code === 'ECONNRESET') return answer.trim();
    throw error;
  } finally {
    patience.abort();
    socket.destroy();
  }
}
