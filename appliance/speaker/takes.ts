import type { Failure } from '../openai/known-failures.ts';
import type { Take } from './take.ts';

/** The readings of one session that are not over for its server: by our own name for them, and by the server's. */
export class Takes {
  private readonly byName = new Map<string, Take>();
  private count = 0;

  get size(): number {
    return this.byName.size;
  }

  /** @returns its name. */
  add(take: Take): string {
    const name = `reading_${++this.count}`;
    this.byName.set(name, take);
    return name;
  }

  all(): readonly (readonly [string, Take])[] {
    return [...this.byName];
  }

  named(name: string): Take | undefined {
    return this.byName.get(name);
  }

  /** The server begins to answer. One that does not say our name again answers in order. */
  begin(response: string, name: string | undefined): Take | undefined {
    const take = this.byName.get(name ?? '') ?? this.unanswered()[0];
    if (take) take.response = response;
    return take;
  }

  answeredBy(response: string): Take | undefined {
    for (const take of this.byName.values()) if (take.response === response) return take;
    // Its beginning could not be read, or the server tells of none.
    return this.unanswered().length === 1 ? this.begin(response, undefined) : undefined;
  }

  forget(take: Take): void {
    for (const [name, each] of this.byName) if (each === take) this.byName.delete(name);
  }

  /** None of them will be answered. */
  lose(failure: Failure | undefined): void {
    for (const take of this.byName.values()) if (!take.isOver) take.end({ kind: 'lost', failure });
    this.byName.clear();
  }

  private unanswered(): Take[] {
    return [...this.byName.values()].filter(({ response }) => response === undefined);
  }
}
