import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import type { Totals } from '../../quality/sound-looks.ts';
import { Standstills } from './standstills.ts';
import type { Way, WayOpened, WayParts } from './way.ts';

/** Until a player plays: some gather seconds of a stream first, ms. */
const OPEN_MS = 12_000;
/** It stands still for so long, and nothing comes any more, ms. */
const STILL_MS = 10_000;

/** A plain stream of the box in the page's own element. */
export class Mp3Sound implements Way {
  private readonly parts: WayParts;
  private readonly ending = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private settle: ((opened: WayOpened) => void) | undefined;
  private closed = false;
  /** Nothing while the player gathers the beginning of a stream. */
  private standstills: Standstills | undefined;

  constructor(parts: WayParts) {
    this.parts = parts;
  }

  open(language: string): Promise<WayOpened> {
    const { promise, resolve } = Promise.withResolvers<WayOpened>();
    this.settle = resolve;
    const { element } = this.parts;
    const { signal } = this.ending;
    element.srcObject = null;
    element.addEventListener('playing', () => this.begun(), { signal });
    element.addEventListener('timeupdate', () => this.expectSound(STILL_MS), { signal });
    for (const type of ['error', 'ended'] as const)
      element.addEventListener(type, () => this.fail('hung-up'), { signal });
    this.expectSound(OPEN_MS);
    this.play(language).catch((error: unknown) => {
      const refused = error instanceof DOMException && error.name === 'NotAllowedError';
      // What a later stream has put an end to is no failure.
      if (!(error instanceof DOMException && error.name === 'AbortError'))
        this.fail(refused ? 'no-sound' : 'no-answer');
    });
    return promise;
  }

  switch(language: string): void {
    this.expectSound(OPEN_MS);
    this.play(language).catch(() => undefined);
  }

  readonly played = (): Totals | undefined => {
    const { element } = this.parts;
    return element.paused ? undefined : this.standstills?.look(element.currentTime, performance.now());
  };

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    this.ending.abort();
    const { element } = this.parts;
    element.removeAttribute('src');
    // Else the browser goes on taking the stream.
    if (!element.srcObject) element.load();
    this.opened({ is: 'failed', reason: 'no-answer' });
  }

  private async play(language: string): Promise<void> {
    const { element, code, token } = this.parts;
    const query = new URLSearchParams({ token: await token() });
    if (this.closed) return;
    this.standstills = undefined;
    element.src = `/listen/${code()}/${language}.mp3?${query.toString()}`;
    // What plays already does not begin anew by itself.
    element.load();
    await element.play();
  }

  private begun(): void {
    const { element } = this.parts;
    this.standstills ??= new Standstills({ at: element.currentTime, now: performance.now() });
    this.opened({ is: 'playing' });
  }

  private expectSound(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fail('no-packets'), ms);
  }

  private opened(opened: WayOpened): void {
    this.settle?.(opened);
    this.settle = undefined;
  }

  private fail(reason: RecoveryCause): void {
    if (this.closed) return;
    const wasOpening = this.settle !== undefined;
    this.opened({ is: 'failed', reason });
    this.close();
    if (!wasOpening) this.parts.onLost(reason);
  }
}
