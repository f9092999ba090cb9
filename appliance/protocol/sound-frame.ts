/**
 * One binary message of sound on a WebSocket, either way: a header of 8 bytes (big-endian), then the sound.
 *
 *     0  flags: 1 first after silence, 2 PCM and not Opus
 *     1  how long it is, in units of 2.5 ms (the shortest Opus frame: RFC 6716, 2.1.4)
 *     2  sequence number, 16 bits that wrap; one that is missing was left out because it would have come late
 *     4  when its first sample was captured, 48 kHz, 32 bits that wrap; one clock for everything that a box sends
 *     8  an Opus packet (RFC 6716), or mono s16le samples
 *
 * Without any sound it says that there is none to hear, as of the time in it.
 */
export interface SoundFrame {
  readonly marker: boolean;
  readonly pcm: boolean;
  /** 48 kHz. */
  readonly duration: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly sound: Uint8Array;
}

const HEADER_BYTES = 8;
const UNIT = 120;
const MARKER = 1;
const PCM = 2;
/** The longest Opus packet lasts 120 ms (RFC 6716, 2.1.4). */
const LONGEST = 120 * 48;
/** How far a wrapped timestamp counts as ahead, and no longer as behind. */
const HALF = 2 ** 31;

export function writeSoundFrame(frame: SoundFrame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + frame.sound.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (frame.marker ? MARKER : 0) | (frame.pcm ? PCM : 0));
  view.setUint8(1, Math.round(frame.duration / UNIT));
  view.setUint16(2, frame.sequence & 0xff_ff);
  view.setUint32(4, frame.timestamp >>> 0);
  bytes.set(frame.sound, HEADER_BYTES);
  return bytes;
}

/** @returns undefined for what is no such message. */
export function readSoundFrame(bytes: Uint8Array): SoundFrame | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(0);
  const duration = view.getUint8(1) * UNIT;
  if (flags > (MARKER | PCM) || duration > LONGEST) return undefined;
  return {
    marker: (flags & MARKER) !== 0,
    pcm: (flags & PCM) !== 0,
    duration,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    sound: bytes.subarray(HEADER_BYTES),
  };
}

/** How far one wrapped timestamp is after another, 48 kHz; negative: before. */
export function timeBetween(earlier: number, later: number): number {
  const difference = (later - earlier) >>> 0;
  return difference >= HALF ? difference - 2 ** 32 : difference;
}
