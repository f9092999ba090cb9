import { monotonicMs } from './clock.ts';

/** Frame number, language, time of sending; a pattern fills the rest. */
const HEAD = 4 + 1 + 8;

/** As many bytes as 32 kbit/s, the box's own bitrate, make of a frame. */
export function payloadBytes(frameMs: number): number {
  return frameMs * 4;
}

/** What stands for an Opus frame: it says which one it is, and nothing between the ends may look into it anyway. */
export function makePayload({
  language,
  frame,
  bytes,
}: {
  language: number;
  frame: number;
  bytes: number;
}): Buffer {
  const payload = Buffer.alloc(Math.max(bytes, HEAD));
  payload.writeUInt32BE(frame, 0);
  payload.writeUInt8(language, 4);
  payload.writeDoubleBE(monotonicMs(), 5);
  for (let at = HEAD; at < payload.length; at++) payload[at] = pattern(frame, language, at);
  return payload;
}

/** @returns the frame and when it was handed to be sent, or nothing when a byte is not as it was made. */
export function readPayload(
  payload: Buffer,
  { language, bytes }: { language: number; bytes: number },
): { frame: number; sentAt: number } | undefined {
  if (payload.length !== Math.max(bytes, HEAD) || payload[4] !== language) return undefined;
  const frame = payload.readUInt32BE(0);
  for (let at = HEAD; at < payload.length; at++)
    if (payload[at] !== pattern(frame, language, at)) return undefined;
  return { frame, sentAt: payload.readDoubleBE(5) };
}

function pattern(frame: number, language: number, at: number): number {
  return (frame * 31 + language * 17 + at * 7) & 0xff;
}
