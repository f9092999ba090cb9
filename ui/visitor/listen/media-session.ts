/** What the phone's lock screen shows of the tour, and its buttons (Media Session). */
interface LockScreenView {
  readonly title: string;
  readonly artist: string;
  readonly playing: boolean;
  readonly onPlay: () => void;
  readonly onStop: () => void;
}

export function showOnLockScreen(lock: LockScreenView): void {
  if (!('mediaSession' in navigator)) return;
  const session = navigator.mediaSession;
  session.metadata = new MediaMetadata({ title: lock.title, artist: lock.artist, album: 'Ubizo' });
  session.playbackState = lock.playing ? 'playing' : 'paused';
  const handlers: readonly (readonly [MediaSessionAction, () => void])[] = [
    ['play', lock.onPlay],
    ['pause', lock.onStop],
    ['stop', lock.onStop],
  ];
  for (const [action, handler] of handlers) {
    try {
      session.setActionHandler(action, handler);
    } catch {
      // Older browsers throw for an action that they do not know; the others still work.
    }
  }
}

export function clearLockScreen(): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.metadata = null;
  navigator.mediaSession.playbackState = 'none';
}
