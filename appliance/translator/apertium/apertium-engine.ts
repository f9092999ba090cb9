import type { Log } from '../../log.ts';
import { primarySubtag } from '../../protocol/languages.ts';
import { PROGRAM_TIMING, type ProgramTiming } from '../../program/timing.ts';
import type { EngineLine, EngineRequest, TextEngine } from '../engine.ts';
import { type SettledTerm, settledTerms } from '../glossary.ts';
import { DEBIAN_MODES, findModes, type Mode } from './modes.ts';
import { betweenTranslators, fromStream, toStream, wordsIn } from './stream-format.ts';
import { WarmModes } from './warm-modes.ts';

/** Two pairs that have it in common make a third one. */
const BETWEEN = 'en';
/** Text of which less was understood is not translated. */
const LEAST_KNOWN = 0.4;

/** Translates on the box, for nothing: the gist, by Apertium, whose programs wait for the next line for some minutes. */
export class ApertiumEngine implements TextEngine {
  readonly name = 'apertium';
  readonly by = 'box';
  readonly paid = false;
  readonly out = undefined;
  private readonly modes: readonly Mode[];
  private readonly warm: WarmModes;

  /**
   * Looks at what is installed.
   * @param modes directory of its mode files, where it is not Debian's
   * @param restMs how long programs are kept that nobody asks
   */
  constructor({
    log,
    modes = DEBIAN_MODES,
    timing = {},
    restMs,
  }: {
    log: Log;
    modes?: string;
    timing?: Partial<ProgramTiming>;
    restMs?: number;
  }) {
    this.modes = findModes(modes).usable;
    this.warm = new WarmModes({ timing: { ...PROGRAM_TIMING, ...timing }, restMs, log });
  }

  can(from: string | undefined, to: string): boolean {
    return from !== undefined && this.way(from, to) !== undefined;
  }

  /** Line by line: a few milliseconds each, once the programs are loaded. */
  async translate(
    lines: readonly string[],
    { from, to, glossary, signal }: EngineRequest,
  ): Promise<readonly EngineLine[]> {
    const way = from === undefined ? undefined : this.way(from, to);
    const terms = settledTerms(glossary, to);
    const done: EngineLine[] = [];
    for (const line of lines) {
      if (signal?.aborted) done.push({ reason: 'cancelled' });
      else done.push(way ? await this.translateLine(line, way, terms) : { reason: 'failed' });
    }
    return done;
  }

  stop(): Promise<void> {
    return this.warm.stop();
  }

  private async translateLine(
    line: string,
    way: readonly Mode[],
    terms: readonly SettledTerm[],
  ): Promise<EngineLine> {
    let stream = toStream(line, terms);
    for (const [at, { file }] of way.entries()) {
      const answer = await this.warm.ask(file, at === 0 ? stream : betweenTranslators(stream));
      if (answer === undefined) return { reason: 'failed' };
      const { all, unknown } = wordsIn(answer);
      // One word may well be a name.
      if (all > 1 && all - unknown < LEAST_KNOWN * all) return { reason: 'failed' };
      stream = answer;
    }
    const text = fromStream(stream);
    return text === '' ? { reason: 'failed' } : { text };
  }

  private way(from: string, to: string): readonly Mode[] | undefined {
    const direct = this.mode(from, to);
    if (direct) return [direct];
    const [first, second] = [this.mode(from, BETWEEN), this.mode(BETWEEN, to)];
    return first && second && [first, second];
  }

  private mode(from: string, to: string): Mode | undefined {
    const [wanted, target] = [primarySubtag(from), primarySubtag(to)];
    return this.modes.find((mode) => mode.from === wanted && mode.to === target);
  }
}
