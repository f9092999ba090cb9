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

/** @param capture a WAV that it takes for its microphone. @param program another way to start it. */
export function launchBrowser({
  capture,
  program = CHROMIUM,
}: { capture?: string; program?: string } = {}): Promise<Browser> {
  const fake = capture
    ? [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-audio-capture=${capture}`,
      ]
    : [];
  return chromium.launch({ executablePath: program, args: [...ARGUMENTS, ...fake] });
}

/** A browser that can be made to vanish, as a phone whose battery is empty. */
export async function launchMortalBrowser(): Promise<{ browser: Browser; kill: () => Promise<void> }> {
  const server = await chromium.launchServer({ executablePath: CHROMIUM, args: ARGUMENTS });
  return { browser: await chromium.connect(server.wsEndpoint()), kill: () => server.kill() };
}
