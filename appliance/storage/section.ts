import type * as z from 'zod/mini';

/** A whole state file of some version, as it was found. */
export type OldFile = Readonly<Record<string, unknown>>;

/**
 * What a domain keeps in the state file, under a name of its own. The file's version follows from its sections: one that
 * is new, or that changes, makes it a later one, which an earlier program leaves alone.
 */
export interface Section<T> {
  /** The version of the file that has it first. */
  readonly since: number;
  readonly schema: z.ZodMiniType<T>;
  /** On a new box, and in a file from before there was such a section. */
  readonly first: () => T;
  /** How it comes out of the file of a version, for the next one; without it, as it is. @throws when it cannot. */
  readonly migrations?: Readonly<Record<number, (file: OldFile) => unknown>>;
}

/** By name, in the order in which they are written. */
export type Sections<D> = { readonly [K in keyof D]: Section<D[K]> };

/** What is read is not changed. */
export type Kept<D> = {
  readonly [K in keyof D]: D[K] extends readonly (infer E)[] ? readonly Readonly<E>[] : Readonly<D[K]>;
};

/** The state, as far as a domain needs it: the sections that it reads and changes. */
export interface Sectioned<D> {
  readonly kept: Kept<D>;
  update<T>(change: (draft: D) => T): Promise<T>;
}
