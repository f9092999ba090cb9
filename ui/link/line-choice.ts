import type { LineKind } from './event-line.ts';

const MEMORY = 'ubizo.events-line';
/** Without a first word for so long, a connection is tried anew, ms: it may have opened into nothing. */
const FIRST_WORD_MS = 8_000;
/** The same of a WebSocket, as long as none has passed this network. */
const FIRST_SOCKET_MS = 3_000;
/** So many WebSockets in a row that fail where others have passed: the network is another, or has changed. */
const FAILURES = 6;

/**
 * What the next connection for events is tried with. A WebSocket; where none has ever passed, in turn with plain HTTP,
 * and what has worked is what this visit goes on with.
 */
export class LineChoice {
  kind: LineKind = recall();
  private passed = false;
  private failures = 0;

  get patienceMs(): number {
    return this.kind === 'socket' && !this.passed ? FIRST_SOCKET_MS : FIRST_WORD_MS;
  }

  heard(kind: LineKind): void {
    this.failures = 0;
    if (kind === 'socket') this.passed = true;
    remember(kind);
  }

  /** There is a reason to believe that all goes well now. */
  anew(): void {
    this.kind = recall();
  }

  /** The try has ended without a word. */
  failed(): void {
    this.failures++;
    if (this.kind === 'stream') this.kind = 'socket';
    else if (!this.passed || this.failures >= FAILURES) this.kind = 'stream';
  }
}

/** Where a page may remember nothing, each begins with a WebSocket. */
function recall(): LineKind {
  try {
    return sessionStorage.getItem(MEMORY) === 'stream' ? 'stream' : 'socket';
  } catch {
    return 'socket';
  }
}

function remember(kind: LineKind): void {
  try {
    if (recall() !== kind) sessionStorage.setItem(MEMORY, kind);
  } catch {
    // Not remembered.
  }
}
