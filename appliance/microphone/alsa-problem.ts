import type { Problem } from '../protocol/errors.ts';

/** How a capture came to its end. */
export type CaptureEnd =
  /** `code` as of `spawn(2)`: ENOENT when arecord is not installed. */
  | { readonly kind: 'not-started'; readonly code: string }
  /** arecord ended by itself; `stderr` is the last it said. */
  | { readonly kind: 'exited'; readonly stderr: string; readonly hadSound: boolean }
  /** It ran, but no sound came any more. */
  | { readonly kind: 'quiet' }
  /** The device gives another sample rate than was asked for; the voice would be a drawl. */
  | { readonly kind: 'wrong-rate' };

const AGAIN = 'The box tries again by itself.';

/**
 * What a guide can do about it, in words.
 * @param device its ALSA name
 * @param wasThere it has been heard before: only then can it be gone
 */
export function captureProblem(device: string, end: CaptureEnd, wasThere: boolean): Problem {
  const microphone = `The microphone “${device}”`;
  switch (end.kind) {
    case 'not-started':
      return end.code === 'ENOENT'
        ? {
            code: 'microphone_program_missing',
            message:
              'The program arecord, which records the microphone, is not installed. ' +
              'Install the package alsa-utils on the box, or use your phone as the microphone.',
          }
        : lost(`${microphone} could not be opened (${end.code}). ${AGAIN}`);
    case 'quiet':
      return lost(`${microphone} has gone quiet. Unplug it and plug it in again. ${AGAIN}`);
    case 'wrong-rate':
      return lost(
        `${microphone} cannot record at 24 kHz by itself. Choose it under its name with “plughw:” instead of “hw:”.`,
      );
    case 'exited':
      break;
  }
  return exitProblem(microphone, end, wasThere);
}

function exitProblem(
  microphone: string,
  { stderr, hadSound }: { stderr: string; hadSound: boolean },
  wasThere: boolean,
): Problem {
  if (/Device or resource busy/i.test(stderr)) {
    return {
      code: 'microphone_busy',
      message: `${microphone} is used by another program. Close that program, or choose another microphone. ${AGAIN}`,
    };
  }
  if (hadSound) return lost(`${microphone} has stopped. Check that it is plugged in. ${AGAIN}`);
  if (/Permission denied|Operation not permitted/i.test(stderr)) {
    return lost(`The box may not use the microphone. Add the user it runs as to the group “audio”.`);
  }
  if (/Connection refused|Connection terminated|Host is down/i.test(stderr)) {
    return lost(`The sound server that gives ${inSentence(microphone)} does not answer. Start it. ${AGAIN}`);
  }
  if (/(format|count|rate) non available|Unable to install hw params|Invalid argument/i.test(stderr)) {
    return lost(
      `${microphone} cannot record one channel of 16 bits. Choose it under its name with “plughw:” instead of “hw:”.`,
    );
  }
  const gone = `${microphone} is not there. Check that it is plugged in, or choose another microphone. ${AGAIN}`;
  return wasThere ? lost(gone) : { code: 'microphone_missing', message: gone };
}

function inSentence(microphone: string): string {
  return microphone.replace(/^The/, 'the');
}

function lost(message: string): Problem {
  return { code: 'microphone_lost', message };
}
