/** What a page may be late with its own measuring, ms. */
const SLACK_MS = 500;

/** How long visitors waited from their tap to the first sound, as their pages tell. Nobody is named. */
export class FirstSounds {
  private readonly observers = new Set<(ms: number) => void>();

  /** @returns what to call to hear no more of it. */
  subscribe(observer: (ms: number) => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** `soundingMs`: for how long there has been something to hear. Who tapped in a silence waited for the guide, not for the box. */
  add(ms: number, soundingMs: number): void {
    if (soundingMs + SLACK_MS < ms) return;
    for (const observer of this.observers) observer(ms);
  }
}
