import type { SpendView } from '../protocol/views.ts';

/** From this share of the cap on, the guide is warned. */
const WARN_AT = 0.8;

export interface SpendOptions {
  /** So far, by language, US dollars. */
  readonly spent: Readonly<Record<string, number>> | undefined;
  /** Undefined: as much as it takes. */
  readonly capUsd: () => number | undefined;
  /** The tour's own: named also before they cost anything. */
  readonly languages: () => readonly string[];
  readonly listeners: (language: string) => number;
  /** The state is another one. */
  readonly onState: (state: SpendView['state']) => void;
}

/** What a tour has cost, by language, against what it may. */
export class Spend {
  private readonly options: SpendOptions;
  private readonly byLanguage: Map<string, number>;
  private total: number;
  private known: SpendView['state'];
  private told = '';

  constructor(options: SpendOptions) {
    this.options = options;
    this.byLanguage = new Map(Object.entries(options.spent ?? {}));
    this.total = sumOf(options.spent);
    this.known = this.state;
  }

  get usd(): number {
    return this.total;
  }

  get state(): SpendView['state'] {
    const cap = this.options.capUsd();
    if (cap === undefined) return 'within';
    if (this.total >= cap) return 'reached';
    return this.total >= WARN_AT * cap ? 'warn' : 'within';
  }

  /** To be kept. */
  get spent(): Record<string, number> {
    return Object.fromEntries(this.byLanguage);
  }

  add(language: string, usd: number): void {
    this.byLanguage.set(language, (this.byLanguage.get(language) ?? 0) + usd);
    this.total += usd;
    this.look();
  }

  /** The cap may be another one. */
  look(): void {
    const { state } = this;
    if (state === this.known) return;
    this.known = state;
    this.options.onState(state);
  }

  view(): SpendView {
    const { capUsd, languages, listeners } = this.options;
    const named = new Set([...languages(), ...this.byLanguage.keys()]);
    return {
      usd: rounded(this.total),
      capUsd: capUsd() ?? null,
      state: this.state,
      perLanguage: [...named].map((language) => ({
        language,
        usd: rounded(this.byLanguage.get(language) ?? 0),
        listeners: listeners(language),
      })),
      ...(this.state === 'reached' && { problem: SPEND_CAP_REACHED }),
    };
  }

  /** Whether a page would see another amount than when this was last asked. */
  hasNews(): boolean {
    const shown = `${this.total.toFixed(2)} ${this.options.capUsd()} ${this.state}`;
    const news = shown !== this.told;
    this.told = shown;
    return news;
  }
}

/** What a guide is told once a tour has cost what it may. */
const SPEND_CAP_REACHED: NonNullable<SpendView['problem']> = {
  code: 'spend_cap_reached',
  message:
    'This tour has cost what it may. The box’s own simple interpreter goes on where it can, else your own voice. Raise the limit to go on as before.',
};

export function sumOf(spent: Readonly<Record<string, number>> | undefined): number {
  return Object.values(spent ?? {}).reduce((sum, usd) => sum + usd, 0);
}

/** A hundredth of a cent. */
function rounded(usd: number): number {
  return Math.round(usd * 10_000) / 10_000;
}
