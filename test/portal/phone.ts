import { type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly userAgent?: string;
  readonly language?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: string;
}

/** A phone on the box's Wi-Fi: whatever name it asks for, the box is what answers. `from`: its own address. */
export class Phone {
  private readonly port: number;
  private readonly from: string;

  constructor({ port, from = '127.0.0.1' }: { port: number; from?: string }) {
    this.port = port;
    this.from = from;
  }

  /** Follows nothing. */
  ask(
    url: string,
    { method = 'GET', userAgent = '', language = '', headers = {}, content }: Asking = {},
  ): Promise<Answer> {
    const { host, pathname, search } = new URL(url);
    return new Promise((resolve, reject) => {
      const asking = request(
        {
          host: '127.0.0.1',
          port: this.port,
          localAddress: this.from,
          method,
          path: pathname + search,
          headers: {
            host,
            ...(userAgent && { 'user-agent': userAgent }),
            ...(language && { 'accept-language': language }),
            ...headers,
          },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (body += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          );
        },
      );
      asking.on('error', reject);
      asking.end(content);
    });
  }
}

export const IPHONE_WINDOW =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
export const IPHONE_SAFARI = `${IPHONE_WINDOW.replace('Mobile', 'Version/18.2 Mobile')} Safari/604.1`;
export const ANDROID_WINDOW =
  'Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0 Mobile Safari/537.36';
export const WINDOWS_EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0';
export const MAC_WINDOW =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
export const LINUX_FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

const KINDLE =
  '<html><head><title>Kindle Reachability Probe Page</title></head><body>81ce4465-7167-4dcb-835b-dcc9e44c112a</body></html>\n';

/** What each system asks, and the whole answer that lets it through. */
export const PROBES: readonly {
  readonly system: string;
  readonly url: string;
  readonly status: number;
  readonly body: string;
  readonly header?: readonly [string, string];
}[] = [
  {
    system: 'ios',
    url: 'http://captive.apple.com/hotspot-detect.html',
    status: 200,
    body: '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n',
  },
  {
    system: 'ios',
    url: 'http://www.apple.com/library/test/success.html',
    status: 200,
    body: '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n',
  },
  {
    system: 'ios',
    url: 'http://captive.apple.com/',
    status: 200,
    body: '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n',
  },
  { system: 'android', url: 'http://connectivitycheck.gstatic.com/generate_204', status: 204, body: '' },
  { system: 'android', url: 'http://clients3.google.com/generate_204', status: 204, body: '' },
  { system: 'android', url: 'http://www.google.com/gen_204', status: 204, body: '' },
  {
    system: 'windows',
    url: 'http://www.msftconnecttest.com/connecttest.txt',
    status: 200,
    body: 'Microsoft Connect Test',
  },
  { system: 'windows', url: 'http://www.msftncsi.com/ncsi.txt', status: 200, body: 'Microsoft NCSI' },
  {
    system: 'linux',
    url: 'http://detectportal.firefox.com/success.txt?ipv4',
    status: 200,
    body: 'success\n',
  },
  {
    system: 'linux',
    url: 'http://detectportal.firefox.com/canonical.html',
    status: 200,
    body: '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>',
  },
  {
    system: 'linux',
    url: 'http://nmcheck.gnome.org/check_network_status.txt',
    status: 200,
    body: 'NetworkManager is online\n',
  },
  {
    system: 'linux',
    url: 'http://network-test.debian.org/nm',
    status: 200,
    body: 'NetworkManager is online\n',
  },
  {
    system: 'linux',
    url: 'http://connectivity-check.ubuntu.com/',
    status: 204,
    body: '',
    header: ['x-networkmanager-status', 'online'],
  },
  { system: 'linux', url: 'http://networkcheck.kde.org/', status: 200, body: 'OK\n' },
  {
    system: 'windows',
    url: 'http://edge-http.microsoft.com/captiveportal/generate_204',
    status: 204,
    body: '',
  },
  { system: 'linux', url: 'http://fedoraproject.org/static/hotspot.txt', status: 200, body: 'OK' },
  {
    system: 'linux',
    url: 'http://ping.archlinux.org/nm-check.txt',
    status: 200,
    body: 'NetworkManager is online\n',
  },
  {
    system: 'linux',
    url: 'http://conncheck.opensuse.org/',
    status: 200,
    body: 'NetworkManager is online\n',
  },
  {
    system: 'android',
    url: 'http://spectrum.s3.amazonaws.com/kindle-wifi/wifistub.html',
    status: 200,
    body: KINDLE,
  },
  {
    system: 'linux',
    url: 'http://spectrum.s3.amazonaws.com/kindle-wifi/wifistub-eink.html',
    status: 200,
    body: KINDLE,
  },
];
