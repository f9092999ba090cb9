import type { Context } from 'koa';

/** A file that is made for who asks for it. */
export interface Download {
  /** Anything that a person has named something, without the extension. */
  readonly name: string;
  readonly extension: string;
  /** Its media type. */
  readonly type: string;
}

/**
 * Says in the answer that it is a file to keep, and what to call it: in ASCII for those who read nothing else, and in
 * full in `filename*` (RFC 6266, 4.3 and appendix D; RFC 8187).
 */
export function offerDownload(context: Context, { name, extension, type }: Download): void {
  const written = `${fileName(name)}.${extension}`;
  context.attachment(written, { fallback: `${asciiName(name)}.${extension}` });
  context.type = type;
}

/** Without what some file system does not take, what hides a file, and what turns the reading direction around. */
function fileName(name: string): string {
  const taken = name
    .toWellFormed()
    .replaceAll('\u{FFFD}', ' ')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}/\\:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/^[. ]+/u, '');
  return taken === '' ? 'Ubizo' : taken;
}

/** Letters without their accents; no `%`, which some take for an escape. */
function asciiName(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return fileName(plain.replaceAll(/[^ -~]|%/gu, ' '));
}
