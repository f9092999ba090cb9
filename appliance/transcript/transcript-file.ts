import { LineFile, type LineFileOptions } from '../storage/line-file.ts';
import { lineText, parseLine, type TranscriptLine } from './line.ts';

/** One language's transcript: a line for each caption. */
export class TranscriptFile extends LineFile<TranscriptLine> {
  constructor(options: Omit<LineFileOptions<TranscriptLine>, 'form'>) {
    super({ ...options, form: { write: lineText, parse: parseLine } });
  }

  /** Forgets lines that ended before `time`, ms since the epoch. @returns how many are left. */
  forgetBefore(time: number): Promise<number> {
    return this.keepOnly(({ to }) => to >= time);
  }
}
