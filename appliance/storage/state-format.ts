import * as z from 'zod/mini';
import type { OldFile, Section, Sections } from './section.ts';

const versioned = z.looseObject({ version: z.number().check(z.int(), z.minimum(1)) });
/** One more with each write: tells which of two files is the newer. */
const revisioned = z.object({ revision: z.number().check(z.int(), z.minimum(0)) });
const REVISIONS_SINCE = 2;

/** What a state file holds. */
export interface StateContent<D> {
  readonly revision: number;
  readonly sections: D;
}

/** The state was written by a later version of the program, which knows what this one does not. */
export class LaterVersion extends Error {
  constructor(found: number, own: number) {
    super(`version ${found} of the state file is later than ${own}`);
    this.name = 'LaterVersion';
  }
}

/** What the state file looks like, by the sections that it is given: version, revision, and each section by its name. */
export class StateFormat<D extends object> {
  /** Of the file that is written. */
  readonly version: number;
  private readonly sections: readonly (readonly [name: string, section: Section<unknown>])[];

  constructor(sections: Sections<D>) {
    this.sections = Object.entries(sections);
    this.version = Math.max(
      ...this.sections.flatMap(([, { since, migrations = {} }]) => [
        since,
        ...Object.keys(migrations).map((before) => Number(before) + 1),
      ]),
    );
  }

  /** Of a new box. */
  first(): D {
    return this.collect((_, { first }) => first());
  }

  /** @returns nothing but what the sections know of. @throws ZodError. */
  check(draft: D): D {
    const given = draft as OldFile;
    return this.collect((name, { schema }) => schema.parse(given[name]));
  }

  /** @returns the state in today's version, and the version it was found in. @throws LaterVersion; ZodError. */
  read(found: unknown): { content: StateContent<D>; from: number } {
    let file: OldFile = versioned.parse(found);
    const { version: from } = versioned.parse(found);
    if (from > this.version) throw new LaterVersion(from, this.version);
    const { revision } = from < REVISIONS_SINCE ? { revision: 0 } : revisioned.parse(found);
    for (let version = from; version < this.version; version++) file = this.next(file, version, from);
    // One that should be there and is not makes no new beginning: its file is broken.
    const sections = this.collect((name, { since, schema, first }) =>
      since > from && file[name] === undefined ? first() : schema.parse(file[name]),
    );
    return { content: { revision, sections }, from };
  }

  write({ revision, sections }: StateContent<D>): string {
    return `${JSON.stringify({ version: this.version, revision, ...sections }, null, 1)}\n`;
  }

  /** @param from the version in which the file was found. */
  private next(file: OldFile, version: number, from: number): OldFile {
    return this.collect((name, { since, migrations }) => {
      // It begins as it is today, so there is nothing to change of what it was in between.
      const isNew = since > from && since <= version && file[name] === undefined;
      return isNew ? undefined : (migrations?.[version]?.(file) ?? file[name]);
    }) as OldFile;
  }

  private collect(value: (name: string, section: Section<unknown>) => unknown): D {
    return Object.fromEntries(this.sections.map(([name, section]) => [name, value(name, section)])) as D;
  }
}
