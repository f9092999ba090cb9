/** Puts a text into a field as a paste does: cut where the field says how much it takes. */
export function paste(field: HTMLInputElement, text: string): void {
  field.focus();
  field.select();
  // `value = …` is never cut, and the clipboard is not a test's.
  document.execCommand('insertText', false, text);
}
