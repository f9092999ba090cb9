import type { Log } from '../../log.ts';
import type { Problem } from '../../protocol/errors.ts';
import { languageName, primarySubtag } from '../../protocol/languages.ts';
import type { Interpreter, InterpreterEngine, InterpreterRequest } from '../interpreter.ts';
import { RefusedInterpreter } from '../refused-interpreter.ts';
import {
  type Transcriber,
  type TranscriberRequest,
  type TranscriberSource,
  transcriptOnly,
} from '../transcriber.ts';
import { EspeakVoice } from '../../speaker/espeak-voice.ts';
import { Hearing } from './hearing.ts';
import {
  DEBIAN_PROGRAMS,
  findInstallation,
  type Installation,
  type OfflinePrograms,
} from './installation.ts';
import { OfflineInterpreter } from './offline-interpreter.ts';
import { OfflineTranscriber } from './offline-transcriber.ts';
import { PocketsphinxDialogue } from './pocketsphinx.ts';
import { PROGRAM_TIMING, type ProgramTiming } from '../../program/timing.ts';
import { WarmProgram } from '../../program/warm-program.ts';
import { warmMode } from '../../translator/apertium/warm-mode.ts';

/** The only language that a free recogniser in the distribution understands. */
const HEARD = 'en';

/**
 * Interprets without any network: PocketSphinx, Apertium and eSpeak NG, programs of the distribution. Rough, for the
 * moment when nothing else is there. All interpreters of a tour share one recogniser.
 */
export class OfflineEngine implements InterpreterEngine, TranscriberSource {
  readonly name = 'offline';
  readonly rough = true;
  private readonly log: Log;
  private readonly programs: OfflinePrograms;
  private readonly timing: ProgramTiming;
  private readonly hearings = new Map<string, Hearing>();
  private readonly interpreters = new Set<OfflineInterpreter | OfflineTranscriber>();
  private readonly targets: Installation['targets'];
  private readonly hears: boolean;
  /** Empty when the programs are not there. */
  readonly pairs: readonly { readonly from: string; readonly to: readonly string[] }[];
  readonly problem?: Problem;

  /**
   * Looks at what is installed, which blocks for some 20 ms: what the engine can do must be known before any tour.
   * @param programs where they are not where Debian puts them
   */
  constructor({
    log,
    programs = {},
    timing = {},
  }: {
    log: Log;
    programs?: Partial<OfflinePrograms>;
    timing?: Partial<ProgramTiming>;
  }) {
    this.log = log;
    this.programs = { ...DEBIAN_PROGRAMS, ...programs };
    this.timing = { ...PROGRAM_TIMING, ...timing };
    const { hears, targets, missing } = findInstallation(this.programs);
    this.hears = hears;
    this.targets = targets;
    this.pairs = targets.size === 0 ? [] : [{ from: HEARD, to: [...targets.keys()] }];
    if (missing.length > 0) this.problem = programsMissing(missing);
  }

  create(request: InterpreterRequest): Interpreter {
    const target = this.targets.get(primarySubtag(request.to));
    if (target === undefined || primarySubtag(request.from) !== HEARD) return this.refuse(request);
    const interpreter = new OfflineInterpreter({
      request,
      hearing: () => this.hearingOf(request.tour ?? ''),
      translator: warmMode({ file: target.mode, timing: this.timing, log: this.log }),
      voice: new EspeakVoice({ program: this.programs.espeak, voice: target.voice }),
      timing: this.timing,
      log: this.log,
      onStopped: () => this.interpreters.delete(interpreter),
    });
    this.interpreters.add(interpreter);
    return interpreter;
  }

  canTranscribe(language: string): boolean {
    return this.hears && primarySubtag(language) === HEARD;
  }

  transcribe({ language, tour, output: receiver }: TranscriberRequest): Transcriber {
    const output = transcriptOnly(receiver);
    if (!this.canTranscribe(language))
      return new RefusedInterpreter({ language, output, problem: notHeard(language) });
    const transcriber = new OfflineTranscriber({
      output,
      hearing: () => this.hearingOf(tour ?? ''),
      timing: this.timing,
      onStopped: () => this.interpreters.delete(transcriber),
    });
    this.interpreters.add(transcriber);
    return transcriber;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.interpreters].map((interpreter) => interpreter.stop()));
  }

  private hearingOf(tour: string): Hearing {
    const known = this.hearings.get(tour);
    if (known !== undefined) return known;
    const { pocketsphinx, model } = this.programs;
    const recogniser = new WarmProgram({
      name: 'pocketsphinx',
      log: this.log,
      timing: this.timing,
      open: () => new PocketsphinxDialogue({ program: pocketsphinx, model }),
    });
    const hearing = new Hearing({ recogniser, onEmpty: () => this.hearings.delete(tour) });
    this.hearings.set(tour, hearing);
    return hearing;
  }

  private refuse({ from, to, output }: InterpreterRequest): Interpreter {
    const problem = this.targets.size === 0 ? this.problem : undefined;
    return new RefusedInterpreter({ language: to, output, problem: problem ?? pairMissing(from, to) });
  }
}

export function notHeard(language: string): Problem {
  return {
    code: 'interpreter_language_unsupported',
    message: `Without the internet this box does not understand ${languageName(language, 'en')}: nobody can read along in it.`,
  };
}

export function pairMissing(from: string, to: string): Problem {
  const names = `${languageName(from, 'en')} to ${languageName(to, 'en')}`;
  return {
    code: 'interpreter_language_unsupported',
    message: `Without the internet this box cannot interpret from ${names}. Choose another language or another interpreter.`,
  };
}

function programsMissing(packages: readonly string[]): Problem {
  return {
    code: 'interpreter_program_missing',
    message: `The box’s own interpreter lacks programs. Install them with “apt-get install ${packages.join(' ')}”, then restart the box.`,
  };
}
