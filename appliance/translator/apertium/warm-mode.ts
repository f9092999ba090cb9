import type { Log } from '../../log.ts';
import type { ProgramTiming } from '../../program/timing.ts';
import { WarmProgram } from '../../program/warm-program.ts';
import { ApertiumDialogue, type Passage } from './dialogue.ts';

/** The programs of one mode, kept loaded; not started yet. */
export function warmMode({
  file,
  timing,
  log,
}: {
  /** Path of the `.mode` file. */
  file: string;
  timing: ProgramTiming;
  log: Log;
}): WarmProgram<Passage, string> {
  return new WarmProgram({ name: 'apertium', log, timing, open: () => new ApertiumDialogue({ mode: file }) });
}
