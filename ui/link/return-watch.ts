/**
 * Calls back when there is reason to believe that the box can be reached again: the network came back, or the
 * person looks at the page again. Answers with how to stop watching.
 */
export function watchForReturn(callback: () => void): () => void {
  const visible = (): void => {
    if (document.visibilityState === 'visible') callback();
  };
  window.addEventListener('online', callback);
  window.addEventListener('pageshow', callback);
  document.addEventListener('visibilitychange', visible);
  return () => {
    window.removeEventListener('online', callback);
    window.removeEventListener('pageshow', callback);
    document.removeEventListener('visibilitychange', visible);
  };
}
