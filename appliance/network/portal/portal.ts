import { inUrl } from '../addresses.ts';
import type { OwnNames } from '../own-names.ts';
import { splitHost } from '../own-names.ts';
import type { Passes } from './passes.ts';
import { type ProbeAnswer, type System, SYSTEMS } from './probe-list.ts';
import { findProbe, isCaptiveWindow, systemOf } from './probes.ts';
import { PORTAL_LANGUAGES, type PortalLanguage } from './texts.ts';

/** A valid certificate that visitors' phones trust without being told to, and the name that it is for. */
export interface PublicCertificate {
  readonly name: string;
  readonly daysLeft: number;
}

export interface PortalOptions {
  readonly names: OwnNames;
  readonly passes: Passes;
  readonly certificate: () => PublicCertificate | undefined;
  /** What its owner calls the box. */
  readonly boxName: () => string;
}

/** What of a request the portal looks at. Addresses are those of the connection itself. */
export interface PortalRequest {
  readonly secure: boolean;
  readonly host: string | undefined;
  /** Without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly method: string;
  readonly userAgent: string;
  readonly remoteAddress: string;
  readonly localAddress: string;
}

/** What the page says. `box`: its name. `address`: the box's own, to be opened in a real browser. */
export interface PortalView {
  readonly box: string;
  readonly address: string;
  /** By the probe that led here. */
  readonly asked: System | undefined;
  readonly system: System | undefined;
  readonly through: boolean;
  /** In a system's sign-in window nothing can be heard, so there is no way on but the real browser. */
  readonly window: boolean;
  /** By hand, on the page itself: it outweighs what the browser asks for. */
  readonly chosen: PortalLanguage | undefined;
}

export type PortalAnswer =
  /** Not the portal's business. */
  | { readonly kind: 'pass' }
  | { readonly kind: 'probe'; readonly answer: ProbeAnswer }
  /** Always to the box itself, at the address where the request came in: nothing of the request is in it. */
  | { readonly kind: 'redirect'; readonly status: 302 | 303; readonly to: string }
  | { readonly kind: 'page'; readonly view: PortalView }
  | { readonly kind: 'api'; readonly body: CaptiveApi };

/** RFC 8908, section 5, and Android's wish for a real browser tab in place of its window. */
interface CaptiveApi {
  readonly captive: boolean;
  readonly 'user-portal-url': string;
  readonly 'venue-info-url': string;
  readonly 'can-extend-session': boolean;
  readonly 'x-android-use-custom-tabs': boolean;
}

const PORTAL_PATH = '/portal';
export const CONTINUE_PATH = '/portal/continue';
const API_PATH = '/portal/api';

const PASS: PortalAnswer = { kind: 'pass' };

/**
 * The captive portal: what each phone sees that has just joined and asks for a page of the Internet. It changes only
 * what is asked under names that are not the box's own, and its own three addresses.
 */
export class Portal {
  private readonly options: PortalOptions;

  constructor(options: PortalOptions) {
    this.options = options;
  }

  /** The one under which there is an RFC 8908 API; DHCP tells of it by its name (RFC 8910). */
  get certificate(): PublicCertificate | undefined {
    return this.options.certificate();
  }

  /** Whether a request came under one of the box's own names. */
  isOwn(host: string | undefined, localAddress: string | undefined): boolean {
    return this.options.names.isOwn(host, localAddress);
  }

  answer(request: PortalRequest): PortalAnswer {
    const { names, passes } = this.options;
    const through = passes.has(request.remoteAddress);
    if (!names.isOwn(request.host, request.localAddress)) return this.elsewhere(request, through);
    switch (request.path) {
      case PORTAL_PATH:
        return { kind: 'page', view: { ...viewOf(request, through), box: this.options.boxName() } };
      case CONTINUE_PATH:
        // Only a tap opens the way, not a browser that looks ahead.
        if (request.method === 'POST') passes.give(request.remoteAddress);
        // Relative: a form may lead to its own origin only, whatever name of the box's it was read under.
        return { kind: 'redirect', status: 303, to: `${PORTAL_PATH}${queryOf(viewOf(request, through))}` };
      case API_PATH:
        return this.api(request, through);
      default:
        return PASS;
    }
  }

  private elsewhere(request: PortalRequest, through: boolean): PortalAnswer {
    const probe = findProbe(splitHost(request.host ?? '').name, request.path);
    if (through && probe) return { kind: 'probe', answer: probe.answer };
    const to = through ? '/' : `${PORTAL_PATH}${probe ? `?on=${probe.system}` : ''}`;
    return { kind: 'redirect', status: 302, to: originOf(request) + to };
  }

  private api(request: PortalRequest, through: boolean): PortalAnswer {
    const certificate = this.options.certificate();
    if (!request.secure || !certificate) return PASS;
    const origin = `https://${certificate.name}`;
    return {
      kind: 'api',
      body: {
        captive: !through,
        'user-portal-url': `${origin}${PORTAL_PATH}`,
        'venue-info-url': `${origin}/`,
        'can-extend-session': false,
        'x-android-use-custom-tabs': true,
      },
    };
  }
}

/** Where the request reached the box, with the port that worked for it. */
function originOf({ secure, host, localAddress }: PortalRequest): string {
  const port = secure ? undefined : splitHost(host ?? '').port;
  const literal = inUrl(localAddress.replace(/%.*$/, ''));
  // Plain HTTP in any case: by its bare address the box has no certificate to show.
  return `http://${literal}${port === undefined || Number(port) > 65_535 ? '' : `:${port}`}`;
}

/** What the page knows of its reader, for its next address; `&` is the caller’s to escape. */
export function queryOf({ asked, chosen }: Pick<PortalView, 'asked' | 'chosen'>): string {
  const query = new URLSearchParams({
    ...(asked && { on: asked }),
    ...(chosen && { lang: chosen }),
  }).toString();
  return query && `?${query}`;
}

function probeSystem(query: URLSearchParams): System | undefined {
  return SYSTEMS.find((system) => system === query.get('on'));
}

function viewOf(request: PortalRequest, through: boolean): Omit<PortalView, 'box'> {
  const asked = probeSystem(request.query);
  return {
    address: `${originOf(request)}/`,
    asked,
    system: systemOf(request.userAgent, asked),
    through,
    window: isCaptiveWindow(request.userAgent),
    chosen: PORTAL_LANGUAGES.find((language) => language === request.query.get('lang')),
  };
}
