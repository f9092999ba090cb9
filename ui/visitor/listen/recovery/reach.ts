/**
 * How long an answer is waited for, ms. A request that was on its way when the network came back is sent again by the
 * phone after 1 s, 2 s, 4 s (RFC 6298, 5.5): the next one does not wait for it. Browsers
 * open six connections to a server: so many never wait.
 */
const PATIENCE_MS = 2_000;
/** Between two questions, ms: the first ten minutes, and then. Half of it is left to chance. */
const PAUSE_MS = { soon: 600, late: 2_000 } as const;
const SOON_MS = 600_000;

/**
 * Asks a box that is out of reach whether it is back, for as long as it is not. A phone that is told nothing when its
 * network returns would else wait for its next try; to ask costs no one anything while nobody answers.
 */
export class Reach {
  private readonly onBack: () => void;
  private since: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ onBack }: { onBack: () => void }) {
    this.onBack = onBack;
  }

  start(): void {
    if (this.since !== undefined) return;
    this.since = performance.now();
    this.wait(this.since);
  }

  stop(): void {
    this.since = undefined;
    clearTimeout(this.timer);
  }

  private wait(since: number): void {
    const pause = performance.now() - since < SOON_MS ? PAUSE_MS.soon : PAUSE_MS.late;
    this.timer = setTimeout(
      () => {
        this.wait(since);
        void this.ask(since);
      },
      pause * (0.5 + Math.random() / 2),
    );
  }

  private async ask(since: number): Promise<void> {
    if (!(await reaches()) || this.since !== since) return;
    this.stop();
    this.onBack();
  }
}

/** Whatever it answers. */
async function reaches(): Promise<boolean> {
  try {
    await fetch('/healthz', {
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return true;
  } catch {
    return false;
  }
}
