/**
 * What this device remembers of how its guide likes the desk. In private windows storage throws: then nothing is
 * remembered, and nothing else changes.
 */
type Choice = 'question-sound' | 'earphone-volume';

export function rememberChoice(choice: Choice, value: string): void {
  try {
    localStorage.setItem(`ubizo.${choice}`, value);
  } catch {
    // Not remembered.
  }
}

export function recallChoice(choice: Choice): string | undefined {
  try {
    return localStorage.getItem(`ubizo.${choice}`) ?? undefined;
  } catch {
    return undefined;
  }
}
