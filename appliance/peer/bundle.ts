import type * as sdp from 'sdp-transform';
import { UbizoError } from '../protocol/errors.ts';

type Section = sdp.SessionDescription['media'][number];

/** One section of an offer, and what becomes of it. */
export interface OfferedSection {
  readonly type: string;
  /** Its name (RFC 5888), if it has one. */
  readonly mid?: string;
  readonly protocol: string;
  /** The first of its formats. */
  readonly format: string;
  /**
   * `sound`: the one that is wanted. `idle`: shares its transport, and nothing flows. `refused`: by port 0.
   * Sections of one bundle are not refused one by one (RFC 9725, 4.4.3).
   */
  readonly use: 'sound' | 'idle' | 'refused';
  /** What describes the format, for a section that is idle: `rtpmap:96 VP8/90000`. */
  readonly about: readonly string[];
}

/** RFC 8866, 9, with a bound. */
const TOKEN = /^[!-~]{1,64}$/;
const ATTRIBUTE = /^[ -~]{1,256}$/;
const DATA = 'application';

/** The bundle that has a section (RFC 9143, 7.2), in its order: without those that it names and that are not there. */
export function bundleOf(
  { groups = [], media }: sdp.SessionDescription,
  section: Section,
): Section[] | undefined {
  for (const { type, mids } of groups) {
    if (type !== 'BUNDLE') continue;
    const bundle = asText(mids)
      .split(' ')
      .flatMap((mid) => media.find((each) => each.mid !== undefined && asText(each.mid) === mid) ?? []);
    if (bundle.includes(section)) return bundle;
  }
  return undefined;
}

/**
 * The section whose transport a section uses: the first of its bundle that can be (RFC 9143, 7.3.1), else itself.
 * @returns nothing when it is switched off.
 */
export function taggedOf(section: Section, bundle: readonly Section[] | undefined): Section | undefined {
  if (section.port === 0 && !section.bundleOnly) return undefined;
  return (bundle ?? [section]).find(({ port }) => port !== 0);
}

/** @throws UbizoError `bad_sdp`. */
export function sectionsOf(
  media: readonly Section[],
  {
    sound,
    tagged,
    bundle = [],
  }: { sound: Section; tagged: Section; bundle?: readonly Section[] | undefined },
): OfferedSection[] {
  const useOf = (section: Section): OfferedSection['use'] => {
    if (section === sound) return 'sound';
    if (section === tagged) return 'idle';
    const rests = bundle.includes(section) && section.type !== DATA;
    return rests && (section.port !== 0 || section.bundleOnly) ? 'idle' : 'refused';
  };
  const sections = media.map((section): OfferedSection => {
    const format = token(asText(section.payloads).split(' ', 1)[0]);
    return {
      type: token(section.type),
      ...(section.mid !== undefined && { mid: token(section.mid) }),
      protocol: token(section.protocol),
      format,
      use: useOf(section),
      about: aboutFormat(section, format),
    };
  });
  const names = sections.flatMap(({ mid }) => mid ?? []);
  if (new Set(names).size < names.length)
    throw new UbizoError('bad_sdp', 'Two sections of the offer have the same name (a=mid).');
  return sections;
}

function aboutFormat({ type, rtp, fmtp, sctpPort }: Section, format: string): string[] {
  if (type === DATA) return Number.isInteger(sctpPort) ? [`sctp-port:${sctpPort}`] : [];
  const codec = rtp.find(({ payload }) => asText(payload) === format);
  const config = fmtp.find(({ payload }) => asText(payload) === format)?.config;
  return [
    ...(codec
      ? [
          `rtpmap:${format} ${codec.codec}/${codec.rate ?? ''}${codec.encoding === undefined ? '' : `/${codec.encoding}`}`,
        ]
      : []),
    ...(config === undefined ? [] : [`fmtp:${format} ${asText(config)}`]),
  ].filter((line) => ATTRIBUTE.test(line));
}

/** @throws UbizoError `bad_sdp`. */
function token(value: unknown): string {
  const text = asText(value);
  if (!TOKEN.test(text)) throw new UbizoError('bad_sdp', 'A section of the SDP offer could not be read.');
  return text;
}

/** The parser makes numbers of what looks like one. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
