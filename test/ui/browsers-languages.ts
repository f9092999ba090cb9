/** From now on the browser asks for these languages. */
export function browsersLanguages(...languages: readonly string[]): void {
  Object.defineProperty(navigator, 'languages', { configurable: true, value: languages });
}

export function forgetBrowsersLanguages(): void {
  Reflect.deleteProperty(navigator, 'languages');
}
