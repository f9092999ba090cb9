import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { startChild, type Child } from '../program/child.ts';
import { Resampler } from '../floor/resampler.ts';

const WAV_HEADER_BYTES = 44;
const RATE_OFFSET = 24;
/** It speaks a sentence in about 10 ms. */
const LONGEST_MS = 10_000;
const TRIES = 2;

/** Speaks one language with `espeak-ng`: a process per sentence, for it starts in 6 ms. */
export class EspeakVoice {
  private readonly program: string;
  private readonly voice: string;
  private child: Child | undefined;
  private stopped = false;

  /** @param voice as `espeak-ng --voices` names its language */
  constructor({ program, voice }: { program: string; voice: string }) {
    this.program = program;
    this.voice = voice;
  }

  /**
   * One sentence at a time. Resolves with pieces of mono s16 at 24 kHz, or nothing when stopped.
   * @throws when the program failed twice
   */
  async speak(text: string): Promise<Int16Array[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.run(text);
      } catch (error) {
        if (this.stopped) return [];
        if (attempt === TRIES) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.child?.kill();
    await this.child?.ended;
  }

  private async run(text: string): Promise<Int16Array[]> {
    if (this.stopped) return [];
    // The text goes through a pipe: arguments can be read by anyone on the box.
    const args = ['-v', this.voice, '-b', '1', '--stdin', '--stdout'];
    const child = startChild({ program: this.program, args });
    this.child = child;
    const timer = setTimeout(() => child.kill(), LONGEST_MS);
    const reader = new WavReader();
    child.stdout.on('data', (bytes: Buffer) => reader.read(bytes));
    child.stderr.resume();
    child.stdin.end(text);
    const { clean, how } = await child.ended;
    clearTimeout(timer);
    this.child = undefined;
    if (!clean || reader.pieces.length === 0) throw new Error(how);
    return reader.pieces;
  }
}

/** A canonical WAV stream, mono s16 of any rate, to pieces at the floor's rate. */
class WavReader {
  readonly pieces: Int16Array[] = [];
  private resampler: Resampler | undefined;
  private rest: Buffer = Buffer.alloc(0);

  read(bytes: Buffer): void {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    if (this.resampler === undefined) {
      if (this.rest.length < WAV_HEADER_BYTES) return;
      this.resampler = new Resampler({ from: this.rest.readUInt32LE(RATE_OFFSET), to: FLOOR_RATE });
      this.rest = this.rest.subarray(WAV_HEADER_BYTES);
    }
    const count = this.rest.length >> 1;
    if (count === 0) return;
    const samples = new Int16Array(count);
    for (let i = 0; i < count; i += 1) samples[i] = this.rest.readInt16LE(2 * i);
    this.rest = this.rest.subarray(2 * count);
    this.pieces.push(this.resampler.process(samples).slice());
  }
}
