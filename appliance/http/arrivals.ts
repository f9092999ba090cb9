import { ARRIVAL_ID } from '../protocol/arrival-id.ts';
import type { Arrival, OpenTours, Still } from '../protocol/arrival.ts';
import type { Tours } from '../tour/tours.ts';
import { toProblem } from './failures.ts';
import type { TourCodes } from './tour-codes.ts';

export interface ArrivalsOptions {
  readonly tours: Pick<Tours, 'open'>;
  readonly codes: TourCodes;
  readonly boxName: () => string;
}

/** What comes with a visitor's page: the tour of its address, or what there is to choose from. */
export class Arrivals {
  private readonly options: ArrivalsOptions;

  constructor(options: ArrivalsOptions) {
    this.options = options;
  }

  /** What there is to join. */
  open(): OpenTours {
    const { tours, boxName } = this.options;
    return { tours: tours.open().map((tour) => tour.view()), box: boxName() };
  }

  /** @param code as it stands in the address; without one, what is open. */
  async of(code: string | undefined, address: string): Promise<Arrival> {
    const { codes } = this.options;
    const open = this.open();
    if (code === undefined) return open;
    try {
      return { ...open, tour: (await codes.find(code, address)).view() };
    } catch (error) {
      return { ...open, problem: toProblem(error) };
    }
  }
}

/** The data come before what reads them at once (ui/visitor/still/head-start.ts). */
const BEFORE = /<script id="head-start">|<\/head>/;
const PAGE = '<ubizo-visitor-page>';
/** Where the build tells which file has the page's words in which language (vite.config.ts). */
const TEXTS = /<script type="application\/json" id="texts">([^<]*)<\/script>/;

/**
 * The page with what it needs to know: a data block, which no browser runs, a title that says where one is, the entrance
 * as it is seen until the program is there, and the words of the language that is asked for, to be fetched with it.
 * @param best the first of these languages that the browser wants, if it wants one
 */
export function withArrival(
  html: string,
  arrival: Arrival,
  {
    still,
    best,
  }: { readonly still?: Still | undefined; readonly best: (languages: string[]) => string | false },
): string {
  const title = [arrival.tour?.name, arrival.box].filter(Boolean).join(' · ');
  const data = JSON.stringify(arrival).replaceAll('<', String.raw`\u003c`);
  return html
    .replace(TEXTS, (_, files: string) => preload(JSON.parse(files) as Record<string, string>, best))
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(PAGE, (page) => (still ? `${drawn(still)}${page}` : page))
    .replace(/<html lang="en">/, (tag) => (still ? `<html lang="${still.lang}" dir="${still.dir}">` : tag))
    .replace(BEFORE, (next) => `<script type="application/json" id="${ARRIVAL_ID}">${data}</script>${next}`);
}

/** As the page's program stands there (ui/visitor/visitor-styles.ts). */
const drawn = ({ markup }: Still): string =>
  `<main id="still" style="min-block-size:100dvh;display:flex;flex-direction:column">${markup}</main>`;

/** English is in the program. */
function preload(files: Record<string, string>, best: (languages: string[]) => string | false): string {
  const language = best(['en', ...Object.keys(files)]);
  const file = language === false ? undefined : files[language];
  return file === undefined ? '' : `<link rel="modulepreload" crossorigin href="${file}">`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
