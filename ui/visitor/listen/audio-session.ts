/** Audio Session (W3C, Safari 16.4 and newer); in insecure contexts too. */
interface AudioSessionNavigator extends Navigator {
  readonly audioSession?: { type: string };
}

/**
 * Says that this is what the phone is there to play, as a music player does: it goes on when the screen locks, Web Audio
 * too, and the mute switch is for other sounds. Call it inside a gesture, before anything is played.
 */
export function claimPlayback(): void {
  claim('playback');
}

/** Says that it is also spoken into: a page that only plays is given no microphone. */
export function claimVoice(): void {
  claim('play-and-record');
}

function claim(type: string): void {
  const { audioSession } = navigator as AudioSessionNavigator;
  if (audioSession) audioSession.type = type;
}
