import type { SoundBytes } from '../sound-bytes.ts';
import { type Sound, SoundUnreadable } from '../sound.ts';
import { WavSound } from '../wav.ts';
import { DecodedSound } from './decoded-sound.ts';
import { soundFormat } from './format.ts';

/** Sound in any format that the box can read. Closes the bytes when it cannot. @throws SoundUnreadable. */
export async function openSound(bytes: SoundBytes): Promise<Sound> {
  try {
    if (bytes.size === 0) throw new SoundUnreadable('empty', 'has no sound in it');
    const format = await soundFormat(bytes);
    if (format.kind === 'wav') return await WavSound.open(bytes);
    if (format.kind === 'compressed') return await DecodedSound.open({ bytes, ...format });
    throw new SoundUnreadable('broken', 'is cut off, or of a kind that the box cannot read');
  } catch (error) {
    await bytes.close();
    if (error instanceof SoundUnreadable) throw error;
    throw new SoundUnreadable('broken', 'cannot be read', { cause: error });
  }
}
