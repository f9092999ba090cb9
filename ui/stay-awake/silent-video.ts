/** Two seconds of black with a silent sound track; phones do not sleep while it plays. */
const SOURCE = new URL('./silence.mp4', import.meta.url).href;

/**
 * Chromium counts a muted video only when it is in view and fills a good part of the window, so it lies behind the
 * page at full size. WebKit counts it only with a sound track and without `loop`, so it is wound back by hand.
 */
export async function playSilentVideo(): Promise<() => void> {
  const video = document.createElement('video');
  video.src = SOURCE;
  video.muted = true;
  video.playsInline = true;
  video.setAttribute('aria-hidden', 'true');
  video.disableRemotePlayback = true;
  Object.assign(video.style, {
    position: 'fixed',
    inset: '0',
    inlineSize: '100%',
    blockSize: '100%',
    opacity: '0',
    pointerEvents: 'none',
    zIndex: '-1',
  });
  video.addEventListener('timeupdate', () => {
    if (video.currentTime > 1) video.currentTime = Math.random() / 2;
  });
  document.body.append(video);
  const release = (): void => {
    video.pause();
    video.remove();
  };
  try {
    await video.play();
  } catch (error) {
    release();
    throw error;
  }
  return release;
}
