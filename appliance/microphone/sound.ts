/** Recorded sound, read piece by piece: a long recording needs no memory. Mono: all channels are mixed. */
export interface Sound {
  /** Of what was read last; before that, of the beginning. It may change within a recording that was put together. */
  readonly sampleRate: number;
  /**
   * Fills `into` with the next samples, −1 to 1; fewer at most than asked for.
   * @returns how many; 0 at the end.
   * @throws SoundUnreadable when it cannot be read any further.
   */
  read(into: Float32Array): Promise<number>;
  rewind(): Promise<void>;
  /** Also lets go of the bytes that it is made of. */
  close(): Promise<void>;
}

/** Why sound cannot be read; the message goes on from “the recording …”. */
export class SoundUnreadable extends Error {
  readonly kind: 'missing' | 'empty' | 'broken';

  constructor(kind: SoundUnreadable['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
