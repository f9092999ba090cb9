import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { COMMON_LANGUAGES } from '../../protocol/languages.ts';
import { EspeakVoices } from '../../speaker/espeak-voices.ts';
import { programsOf } from './apertium.ts';

/** What the offline engine runs: names on the PATH or paths. */
export interface OfflinePrograms {
  readonly pocketsphinx: string;
  /** Directory of PocketSphinx's English model. */
  readonly model: string;
  readonly espeak: string;
  /** Directory of Apertium's `.mode` files. */
  readonly modes: string;
}

export const DEBIAN_PROGRAMS: OfflinePrograms = {
  pocketsphinx: 'pocketsphinx_batch',
  model: '/usr/share/pocketsphinx/model/en-us',
  espeak: 'espeak-ng',
  modes: '/usr/share/apertium/modes',
};

/** How to make one language from English. */
interface Target {
  /** Path of Apertium's mode file. */
  readonly mode: string;
  readonly voice: string;
}

export interface Installation {
  /** The recogniser is there. */
  readonly hears: boolean;
  /** By language (two or three letters). Empty when nothing can be recognised. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Debian packages to install, without those that more languages would need. */
  readonly missing: readonly string[];
}

/** Modes for regional spellings (`eng-cat_valencia`) are left out. */
const FROM_ENGLISH = /^(?:eng|en)-([a-z]{2,3})\.mode$/;
/** Pairs that a box is expected to have: Debian package by language. */
const EXPECTED_PAIRS = new Map([
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

/** Looks at what is installed. Blocks for some 20 ms: once, before any tour. */
export function findInstallation(programs: OfflinePrograms): Installation {
  const missing = new Set<string>();
  if (!canRun(programs.pocketsphinx)) missing.add('pocketsphinx');
  if (!canRead(join(programs.model, 'en-us.lm.bin'))) missing.add('pocketsphinx-en-us');
  const hears = missing.size === 0;
  const voices = new EspeakVoices({ program: programs.espeak });
  if (voices.size === 0) missing.add('espeak-ng');
  const speaks = missing.size === 0;

  const modes = modesIn(programs.modes);
  for (const [language, name] of EXPECTED_PAIRS) if (!modes.has(language)) missing.add(name);
  const targets = new Map<string, Target>();
  for (const [language, mode] of modes) {
    const lacking = programsOf(readFileSync(mode, 'utf8')).filter((program) => !canRun(program));
    for (const program of lacking) missing.add(PACKAGE_OF_STAGE.get(program) ?? 'apertium');
    const voice = voices.of(language);
    if (speaks && lacking.length === 0 && voice !== undefined) targets.set(language, { mode, voice });
  }
  return { hears, targets, missing: [...missing] };
}

/** Mode files that start at English, by the language they lead to; what most travellers read first. */
function modesIn(directory: string): Map<string, string> {
  const modes = new Map<string, string>();
  for (const file of namesIn(directory)) {
    const code = FROM_ENGLISH.exec(file)?.[1];
    // Apertium uses three letters (spa), the product the shortest tag (es).
    const language = code === undefined ? undefined : Intl.getCanonicalLocales(code)[0];
    if (language !== undefined) modes.set(language, join(directory, file));
  }
  return new Map([...modes].toSorted(([a], [b]) => rank(a) - rank(b)));
}

function rank(language: string): number {
  const index = COMMON_LANGUAGES.findIndex((common) => common === language);
  return index < 0 ? COMMON_LANGUAGES.length : index;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function canRun(program: string): boolean {
  if (program.includes('/')) return canAccess(program, constants.X_OK);
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  return directories.some((directory) => canAccess(join(directory, program), constants.X_OK));
}

function canRead(path: string): boolean {
  return canAccess(path, constants.R_OK);
}

function canAccess(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
