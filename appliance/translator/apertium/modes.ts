import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMON_LANGUAGES, primarySubtag } from '../../protocol/languages.ts';
import { canRun } from '../../program/presence.ts';
import { programsOf } from './dialogue.ts';

/** Where Debian's packages put Apertium's modes. */
export const DEBIAN_MODES = '/usr/share/apertium/modes';

/** One pair that Apertium does in one go. */
export interface Mode {
  readonly from: string;
  readonly to: string;
  /** Path of its file. */
  readonly file: string;
}

export interface Modes {
  /** Those whose programs are all there; what most travellers read first. */
  readonly usable: readonly Mode[];
  /** Debian packages to install, without those that more languages would need. */
  readonly missing: readonly string[];
}

/** Modes for regional spellings (`eng-cat_valencia`) are left out. */
const PAIR = /^([a-z]{2,3})-([a-z]{2,3})\.mode$/;
/** What a box is expected to translate from English: Debian package by language. */
const EXPECTED = new Map([
  ['es', 'apertium-eng-spa'],
  ['ca', 'apertium-eng-cat'],
]);
const PACKAGE_OF_STAGE = new Map([
  ['cg-proc', 'cg3'],
  ['lsx-proc', 'apertium-separable'],
  ['lrx-proc', 'apertium-lex-tools'],
  ['apertium-anaphora', 'apertium-anaphora'],
  ['lt-proc', 'lttoolbox'],
]);

/** Looks at what is installed. Blocks for some milliseconds: once, before any tour. */
export function findModes(directory: string): Modes {
  const all = namesIn(directory).flatMap((name) => modeOf(directory, name));
  const missing = new Set<string>();
  for (const [language, name] of EXPECTED)
    if (!all.some(({ from, to }) => from === 'en' && to === language)) missing.add(name);
  const usable = all.filter(({ file }) => {
    const lacking = programsOf(readFileSync(file, 'utf8')).filter((program) => !canRun(program));
    for (const program of lacking) missing.add(PACKAGE_OF_STAGE.get(program) ?? 'apertium');
    return lacking.length === 0;
  });
  return { usable: usable.toSorted((a, b) => rank(a) - rank(b)), missing: [...missing] };
}

/** Apertium uses three letters (spa), the product the shortest tag (es). */
function modeOf(directory: string, name: string): Mode[] {
  const [from, to] = (PAIR.exec(name)?.slice(1) ?? []).map((code) =>
    primarySubtag(Intl.getCanonicalLocales(code)[0] ?? code),
  );
  return from === undefined || to === undefined ? [] : [{ from, to, file: join(directory, name) }];
}

function rank({ to }: Mode): number {
  const index = COMMON_LANGUAGES.findIndex((common) => common === to);
  return index < 0 ? COMMON_LANGUAGES.length : index;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
