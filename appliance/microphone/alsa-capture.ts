import { spawn } from 'node:child_process';
import type { Log } from '../log.ts';
import type { CaptureEnd } from './alsa-problem.ts';
import { FLOOR_FRAME_MS, FLOOR_RATE } from '../floor/floor-frame.ts';
import { FrameCutter } from './frame-cutter.ts';

/** Until the first sound: a sound server may take its time to wake up. */
const OPENING_MS = 5_000;
/** Between two pieces of sound, which come every 20 ms. */
const QUIET_MS = 2_000;
/** A late reader loses nothing within this; it does not add to the delay. */
const BUFFER_MS = 400;
const STDERR_KEPT = 2_000;

export interface AlsaCaptureOptions {
  /** Path or name of the program. */
  readonly arecord: string;
  readonly device: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly onFrame: (samples: Int16Array, capturedAt: number) => void;
  /** Ends the capture. */
  readonly signal: AbortSignal;
}

/**
 * One run of arecord, from its start to its end; resolves when the process is gone. Never throws for what a
 * device may do.
 */
export async function captureAlsa(options: AlsaCaptureOptions): Promise<CaptureEnd> {
  const { arecord, device, env, log, onFrame, signal } = options;
  // Not -q: quiet, it would not say that the device gives another rate than the one asked for.
  const child = spawn(
    arecord,
    // prettier-ignore
    [
      '-D', device, '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', `${FLOOR_RATE}`,
      '--period-time', `${FLOOR_FRAME_MS * 1_000}`, '--buffer-time', `${BUFFER_MS * 1_000}`,
    ],
    // Its words are parsed, so they must be English.
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', ...env } },
  );

  return new Promise((resolve) => {
    let end: CaptureEnd | undefined;
    let hadSound = false;
    let stderr = '';

    const kill = () => {
      // Its pipes too: a child of its own may hold them open.
      child.stdout.destroy();
      child.stderr.destroy();
      child.kill('SIGKILL');
    };
    const giveUp = (reason: CaptureEnd) => {
      end ??= reason;
      kill();
    };
    const opening = setTimeout(() => giveUp({ kind: 'quiet' }), OPENING_MS);
    const quiet = setTimeout(() => hadSound && giveUp({ kind: 'quiet' }), QUIET_MS);
    const cutter = new FrameCutter({ onFrame });

    child.stdout.on('data', (chunk: Buffer) => {
      if (end || signal.aborted) return;
      if (!hadSound) clearTimeout(opening);
      hadSound = true;
      quiet.refresh();
      cutter.push(chunk, performance.now());
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_KEPT);
      if (/rate is not accurate/i.test(stderr)) giveUp({ kind: 'wrong-rate' });
      else log.debug({ device, said: text.trim() }, 'arecord');
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      end ??= { kind: 'not-started', code: error.code ?? 'unknown' };
    });
    child.on('close', () => {
      clearTimeout(opening);
      clearTimeout(quiet);
      signal.removeEventListener('abort', kill);
      resolve(end ?? { kind: 'exited', stderr, hadSound });
    });
    signal.addEventListener('abort', kill);
    if (signal.aborted) kill();
  });
}
