/**
 * The text of a file that somebody edits by hand. Windows' Notepad puts a byte order mark before it, and writes UTF-16
 * for the asking (Unicode, 23.8); neither is part of the text.
 */
export function editedText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
