import { Recording } from '../../appliance/microphone/recording.ts';

/** All of a WAV file as the floor would hear it: mono, 24 kHz. */
export async function wholeRecording(path: string): Promise<Int16Array> {
  const recording = await Recording.open({ path, loop: false });
  try {
    const pieces: Int16Array[] = [];
    for (let piece = await recording.next(); piece; piece = await recording.next())
      pieces.push(piece.slice());
    const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  } finally {
    await recording.close();
  }
}
