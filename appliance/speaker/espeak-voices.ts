import { spawnSync } from 'node:child_process';
import { primarySubtag } from '../protocol/languages.ts';

/** What the box calls a language, and `espeak-ng` another name. */
const OTHER_NAMES = new Map([['zh', 'cmn']]);
/** It says of each Chinese character only that it is one. */
const UNREADABLE = new Map([['ja', /\p{Script=Han}/u]]);

/** The voices that `espeak-ng` has on this box, by language tag in small letters. */
export class EspeakVoices {
  private readonly tags: ReadonlySet<string>;

  /** Asks the program, which blocks for some milliseconds: once, before any tour. */
  constructor({ program }: { program: string }) {
    this.tags = voicesOf(program);
  }

  /** 0 when the program cannot be run. */
  get size(): number {
    return this.tags.size;
  }

  /** Of the language as it is spoken there (`pt-BR`), or else in its main form; undefined where it has none. */
  of(language: string): string | undefined {
    const primary = primarySubtag(language);
    const names = [language.toLowerCase(), OTHER_NAMES.get(primary) ?? primary];
    return names.find((name) => this.tags.has(name));
  }

  /** The same, for these words: not all scripts of a language can be read. */
  for(language: string, text: string): string | undefined {
    return UNREADABLE.get(primarySubtag(language))?.test(text) ? undefined : this.of(language);
  }
}

/** Empty when it cannot be run. */
function voicesOf(program: string): Set<string> {
  const { stdout } = spawnSync(program, ['--voices'], { encoding: 'utf8', timeout: 5_000 });
  const tags = new Set<string>();
  // ` 5  fr-fr  --/M  French_(France)  roa/fr  (fr 5)`
  for (const match of (stdout ?? '').matchAll(/^ *\d+ +(?<first>\S+)|\((?<other>\S+) \d+\)/gm)) {
    tags.add(match.groups?.['first'] ?? match.groups?.['other'] ?? '');
  }
  return tags;
}
