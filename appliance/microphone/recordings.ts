import { fileURLToPath } from 'node:url';

/** A recording that comes with the box, or that its owner set; a guide chooses it by `id`, never by a path. */
export interface BundledRecording {
  /** As `microphone` of a tour: `file:` and a name. */
  readonly id: string;
  /** Its own name; pages put “Recording” in their language before it. */
  readonly label: string;
  readonly path: string;
}

export const RECORDINGS: readonly BundledRecording[] = [
  {
    id: 'file:rehearsal',
    label: 'Rehearsal',
    path: fileURLToPath(new URL('recordings/rehearsal.wav', import.meta.url)),
  },
];

/** Whoever sends `id`, only a path of this list comes back; undefined for any other id. */
export function recordingOf(id: string): BundledRecording | undefined {
  return RECORDINGS.find((recording) => recording.id === id);
}
