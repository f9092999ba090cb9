import { type Browser, chromium } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // On a machine without a network the box answers on loopback, where a browser does not look for peers by itself.
  '--allow-loopback-in-peer-connection',
];

/** Debian's Chromium, or another one. */
export const CHROMIUM = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';

/**
 * @param capture a WAV that it takes for its microphone. @param program another way to start it.
 * @param textPercent the size of letters that its owner has set, in percent of the usual.
 * @param udp false: WebRTC may send none.
 */
export function launchBrowser({
  capture,
  program = CHROMIUM,
  textPercent = 100,
  udp = true,
}: { capture?: string; program?: string; textPercent?: number; udp?: boolean } = {}): Promise<Browser> {
  const fake = capture
    ? [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-audio-capture=${capture}`,
      ]
    : [];
  const blocked = udp ? [] : ['--webrtc-ip-handling-policy=disable_non_proxied_udp'];
  const text = `--blink-settings=defaultFontSize=${Math.round((16 * textPercent) / 100)}`;
  return chromium.launch({ executablePath: program, args: [...ARGUMENTS, text, ...fake, ...blocked] });
}

/** A browser that can be made to vanish, as a phone whose battery is empty. */
export async function launchMortalBrowser(): Promise<{ browser: Browser; kill: () => Promise<void> }> {
  const server = await chromium.launchServer({ executablePath: CHROMIUM, args: ARGUMENTS });
  return { browser: await chromium.connect(server.wsEndpoint()), kill: () => server.kill() };
}
