import { type ProbeAnswer, PROBES, type System } from './probe-list.ts';

/** Whose probe this is and what lets it through. @param host without port; @param path without query. */
export function findProbe(host: string, path: string): { system: System; answer: ProbeAnswer } | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  return PROBES.find((probe) => probe.path === path && (probe.hosts?.includes(name) ?? true));
}

/** Which family a browser belongs to; its own word outweighs the probe's, which Firefox sends from any of them. */
export function systemOf(userAgent: string, probe?: System): System | undefined {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android|CrOS/.test(userAgent)) return 'android';
  if (/Windows/.test(userAgent)) return 'windows';
  // An iPad that asks for desktop pages says Macintosh too; what a Mac is told holds for it as well.
  if (/Macintosh|Mac OS X/.test(userAgent)) return 'macos';
  // Android's own probe says “X11; Linux” to get at pages for desktops.
  if (probe) return probe;
  return /Linux|X11/.test(userAgent) ? 'linux' : undefined;
}

/**
 * Whether this is a system's sign-in window and not a browser: no new tabs, no microphone, storage that throws or is
 * lost, and it closes with the portal. Apple's leaves out `Safari`; Android's is a WebView (`; wv`).
 */
export function isCaptiveWindow(userAgent: string): boolean {
  if (/CaptiveNetworkSupport/.test(userAgent)) return true;
  if (/; wv\)/.test(userAgent)) return true;
  return /iPhone|iPad|iPod|Macintosh/.test(userAgent) && !/Safari|Firefox|Chrome|FxiOS|CriOS/.test(userAgent);
}
