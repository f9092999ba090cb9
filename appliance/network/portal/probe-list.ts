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

export interface Probe {
  /** Apple's is the same on a phone and on a Mac: the user agent tells them apart. */
  readonly system: System;
  /** Asked for under many names by many makers; without `hosts` the path alone is proof enough. */
  readonly hosts?: readonly string[];
  readonly path: string;
  readonly answer: ProbeAnswer;
  /** Where it stands that the system asks this and expects that. */
  readonly source: string;
}

const text = (body: string): ProbeAnswer => ({ status: 200, type: 'text/plain', body });
const html = (body: string): ProbeAnswer => ({ status: 200, type: 'text/html', body });
const NOTHING: ProbeAnswer = { status: 204 };
const APPLE = html('<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n');
/** NetworkManager takes an answer that begins so (NetworkManager.conf(5), connectivity.response). */
const NETWORK_MANAGER = text('NetworkManager is online\n');
/** NetworkManager takes the header for the whole answer (nm-connectivity.c). */
const ONLINE: ProbeAnswer = { ...NOTHING, headers: { 'X-NetworkManager-Status': 'online' } };
/** Readers look for the number alone. */
const KINDLE = html(
  '<html><head><title>Kindle Reachability Probe Page</title></head><body>81ce4465-7167-4dcb-835b-dcc9e44c112a</body></html>\n',
);

const CNA = 'Apple, Captive Network Assistant (wispr); captive.apple.com answers so';
const AOSP = 'AOSP, packages/modules/NetworkStack, NetworkMonitor.java and config.xml';
const NCSI = 'Microsoft Learn, Network Connectivity Status Indicator: active probes';
const FIREFOX = 'Firefox, all.js: captivedetect.canonicalURL, network.connectivity-service';
const conf = (packaged: string): string => `NetworkManager.conf(5), connectivity.uri, as ${packaged} has it`;

/**
 * What systems ask when they join a network, and the answers of the real servers. A byte more or less may mean “no
 * Internet” to them. A new system is a line here, and one in test/portal/phone.ts.
 */
export const PROBES: readonly Probe[] = [
  { system: 'ios', path: '/hotspot-detect.html', answer: APPLE, source: CNA },
  { system: 'ios', path: '/library/test/success.html', answer: APPLE, source: CNA },
  { system: 'ios', hosts: ['captive.apple.com'], path: '/', answer: APPLE, source: CNA },
  // Every Android and ChromeOS, whatever its maker's host is; Chromium and Edge, each at its own.
  { system: 'android', path: '/generate_204', answer: NOTHING, source: AOSP },
  { system: 'android', path: '/gen_204', answer: NOTHING, source: AOSP },
  {
    system: 'windows',
    hosts: ['edge-http.microsoft.com'],
    path: '/captiveportal/generate_204',
    answer: NOTHING,
    source: 'Microsoft Learn, allow list for Microsoft Edge endpoints: captive portal',
  },
  {
    system: 'android',
    hosts: ['spectrum.s3.amazonaws.com'],
    path: '/kindle-wifi/wifistub.html',
    answer: KINDLE,
    source: 'Amazon, AVS Device SDK, InternetConnectionMonitor.cpp; Fire tablets are Androids',
  },
  {
    system: 'linux',
    hosts: ['spectrum.s3.amazonaws.com'],
    path: '/kindle-wifi/wifistub-eink.html',
    answer: KINDLE,
    source: 'Kindle readers ask it in place of wifistub.html, and look for the same number',
  },
  { system: 'windows', path: '/connecttest.txt', answer: text('Microsoft Connect Test'), source: NCSI },
  { system: 'windows', path: '/ncsi.txt', answer: text('Microsoft NCSI'), source: NCSI },
  {
    system: 'linux',
    hosts: ['detectportal.firefox.com'],
    path: '/success.txt',
    answer: text('success\n'),
    source: FIREFOX,
  },
  {
    system: 'linux',
    hosts: ['detectportal.firefox.com'],
    path: '/canonical.html',
    answer: html(
      '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>',
    ),
    source: FIREFOX,
  },
  // GNOME's own, and the name that distributions keep when they serve it themselves.
  {
    system: 'linux',
    path: '/check_network_status.txt',
    answer: NETWORK_MANAGER,
    source: conf('GNOME (nmcheck.gnome.org)'),
  },
  {
    system: 'linux',
    hosts: ['network-test.debian.org'],
    path: '/nm',
    answer: NETWORK_MANAGER,
    source: conf('Debian’s network-manager-config-connectivity-debian'),
  },
  {
    system: 'linux',
    hosts: ['fedoraproject.org'],
    path: '/static/hotspot.txt',
    answer: text('OK'),
    source: conf('Fedora’s NetworkManager-config-connectivity-fedora (response=OK)'),
  },
  {
    system: 'linux',
    hosts: ['ping.archlinux.org', 'www.archlinux.org'],
    path: '/nm-check.txt',
    answer: NETWORK_MANAGER,
    source: conf('Arch’s networkmanager, 20-connectivity.conf'),
  },
  {
    system: 'linux',
    hosts: ['conncheck.opensuse.org'],
    path: '/',
    answer: NETWORK_MANAGER,
    source: conf('openSUSE’s NetworkManager-branding-openSUSE'),
  },
  {
    system: 'linux',
    hosts: ['connectivity-check.ubuntu.com'],
    path: '/',
    answer: ONLINE,
    source: conf('Ubuntu’s network-manager-config-connectivity-ubuntu'),
  },
  {
    system: 'linux',
    hosts: ['networkcheck.kde.org'],
    path: '/',
    answer: text('OK\n'),
    source: 'KDE, plasma-nm, kded/portalmonitor.cpp',
  },
];
