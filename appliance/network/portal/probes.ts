/** The families of systems that the portal has words for. */
export const SYSTEMS = ['ios', 'macos', 'android', 'windows', 'linux'] as const;
export type System = (typeof SYSTEMS)[number];

/** What a system must see to believe that it is through. */
export interface ProbeAnswer {
  readonly status: 200 | 204;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Probe {
  /** Apple's is the same on a phone and on a Mac: the user agent tells them apart. */
  readonly system: System;
  /** Asked for under many names by many makers; without `hosts` the path alone is proof enough. */
  readonly hosts?: readonly string[];
  readonly path: string;
  readonly answer: ProbeAnswer;
}

const text = (body: string): ProbeAnswer => ({ status: 200, type: 'text/plain', body });
const html = (body: string): ProbeAnswer => ({ status: 200, type: 'text/html', body });
const NOTHING: ProbeAnswer = { status: 204 };
const APPLE = html('<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n');
const NETWORK_MANAGER = text('NetworkManager is online\n');

/**
 * What systems ask when they join a network, and the answers of the real servers: AOSP NetworkMonitor, Apple's
 * Captive Network Assistant, Microsoft's NCSI, Firefox' network.captive-portal-service, NetworkManager's
 * connectivity check. A byte more or less may mean “no Internet” to them.
 */
const PROBES: readonly Probe[] = [
  { system: 'ios', path: '/hotspot-detect.html', answer: APPLE },
  { system: 'ios', path: '/library/test/success.html', answer: APPLE },
  { system: 'ios', hosts: ['captive.apple.com'], path: '/', answer: APPLE },
  { system: 'android', path: '/generate_204', answer: NOTHING },
  { system: 'android', path: '/gen_204', answer: NOTHING },
  { system: 'windows', path: '/connecttest.txt', answer: text('Microsoft Connect Test') },
  { system: 'windows', path: '/ncsi.txt', answer: text('Microsoft NCSI') },
  {
    system: 'linux',
    hosts: ['detectportal.firefox.com'],
    path: '/success.txt',
    answer: text('success\n'),
  },
  {
    system: 'linux',
    hosts: ['detectportal.firefox.com'],
    path: '/canonical.html',
    answer: html(
      '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>',
    ),
  },
  { system: 'linux', path: '/check_network_status.txt', answer: NETWORK_MANAGER },
  { system: 'linux', hosts: ['network-test.debian.org'], path: '/nm', answer: NETWORK_MANAGER },
  {
    system: 'linux',
    hosts: ['connectivity-check.ubuntu.com'],
    path: '/',
    answer: { ...NOTHING, headers: { 'X-NetworkManager-Status': 'online' } },
  },
  { system: 'linux', hosts: ['networkcheck.kde.org'], path: '/', answer: text('OK\n') },
];

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
