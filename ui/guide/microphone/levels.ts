/** How loud the microphone is now, dBFS. */
export interface Level {
  readonly rmsDb: number;
  readonly peakDb: number;
  readonly heard: boolean;
}

/** Hands each level to whoever shows it, past the page's rendering. */
export class Levels {
  private readonly listeners = new Set<(level: Level) => void>();

  subscribe(listener: (level: Level) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(level: Level): void {
    for (const listener of this.listeners) listener(level);
  }
}
