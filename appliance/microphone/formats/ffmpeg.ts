import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import { SoundUnreadable } from '../sound.ts';
import type { SoundBytes } from '../sound-bytes.ts';
import type { Decode, Piece } from './piece.ts';

const STDERR_KEPT = 500;

/**
 * What no decoder of the box's own can do, by the program ffmpeg, where it is installed.
 * @param demuxer ffmpeg's own name of the format: it must not guess, or a list of files to play would be one too
 * @param called as a person calls it
 */
export function decodeByFfmpeg(demuxer: string, called: string, program = 'ffmpeg'): Decode {
  return async function* decode(bytes: SoundBytes): AsyncGenerator<Piece, void> {
    const file = await bytes.open();
    const child = spawn(
      program,
      // Channels are mixed as everywhere here: to their mean, not to the same power.
      // prettier-ignore
      [
        '-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-f', demuxer, '-i', '/proc/self/fd/3',
        '-map', '0:a:0', '-vn', '-sn', '-dn', '-ac', '1', '-rematrix_maxval', '1', '-ar', `${FLOOR_RATE}`, '-f', 'f32le', 'pipe:1',
      ],
      { stdio: ['ignore', 'pipe', 'pipe', file.fd] },
    );
    let said = '';
    child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (said = (said + text).slice(-STDERR_KEPT)));
    const closed = once(child, 'close');
    // Of a program that is not there, whoever waits for it is told.
    closed.catch(() => undefined);
    try {
      await once(child, 'spawn');
      let rest: Buffer = Buffer.alloc(0);
      let had = false;
      for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
        const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
        const count = Math.floor(all.length / 4);
        // A copy: samples must begin at a multiple of four.
        const samples = new Float32Array(new Uint8Array(all.subarray(0, count * 4)).buffer);
        rest = all.subarray(count * 4);
        had = true;
        yield { sampleRate: FLOOR_RATE, channels: [samples] };
      }
      await closed;
      if (!had && said)
        throw new SoundUnreadable('broken', `is ${called}, but cannot be read`, { cause: said });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      const how = `is ${called}, which the box reads only where the program ffmpeg is installed`;
      throw new SoundUnreadable('broken', how, { cause: error });
    } finally {
      child.kill('SIGKILL');
      await closed.catch(() => undefined);
      await file.close();
    }
  };
}
