import { join } from 'node:path';
import { canRead, canRun } from '../../program/presence.ts';
import { EspeakVoices } from '../../speaker/espeak-voices.ts';
import { DEBIAN_MODES, findModes } from '../../translator/apertium/modes.ts';

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
  modes: DEBIAN_MODES,
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

/** Looks at what is installed. Blocks for some 20 ms: once, before any tour. */
export function findInstallation(programs: OfflinePrograms): Installation {
  const missing = new Set<string>();
  if (!canRun(programs.pocketsphinx)) missing.add('pocketsphinx');
  if (!canRead(join(programs.model, 'en-us.lm.bin'))) missing.add('pocketsphinx-en-us');
  const hears = missing.size === 0;
  const voices = new EspeakVoices({ program: programs.espeak });
  if (voices.size === 0) missing.add('espeak-ng');
  const speaks = missing.size === 0;

  const modes = findModes(programs.modes);
  for (const name of modes.missing) missing.add(name);
  const targets = new Map<string, Target>();
  for (const { from, to, file } of modes.usable) {
    const voice = voices.of(to);
    if (from === 'en' && speaks && voice !== undefined) targets.set(to, { mode: file, voice });
  }
  return { hears, targets, missing: [...missing] };
}
