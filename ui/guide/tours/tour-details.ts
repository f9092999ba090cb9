import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { USUAL_ASKING, type Asking } from '../../../appliance/protocol/asking.ts';
import { ENTRY_CODE, normaliseCode } from '../../../appliance/protocol/codes.ts';
import type { NewTour } from '../../../appliance/protocol/requests.ts';
import { doubledTerm } from '../../../appliance/protocol/glossary.ts';
import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import { chevronIcon } from '../../elements/icons.ts';
import { retentionField, spendCapField } from '../device/limit-fields.ts';
import { askingFields } from './asking-fields.ts';
import { glossaryOf, glossaryText } from './glossary-text.ts';

/** What a tour can do without, as it is typed. '' and undefined: nothing, or as the box has it. */
export interface TourDetails {
  readonly entryCode: string;
  readonly glossary: string;
  readonly notes: string;
  readonly spendCap: string;
  readonly transcriptDays: number | undefined;
  readonly asking: Asking;
}

export type DetailProblem = 'entry-code' | 'glossary' | 'cap';

export function detailsOf(tour: TourDeskView | undefined): TourDetails {
  const capUsd = tour?.spend.capUsd ?? null;
  return {
    entryCode: tour?.entryCode ?? '',
    glossary: glossaryText(tour?.glossary ?? []),
    notes: tour?.notes ?? '',
    spendCap: capUsd === null ? '' : String(capUsd),
    transcriptDays: tour?.retention?.transcriptDays,
    asking: tour?.asking ?? USUAL_ASKING,
  };
}

/** `typed`, with what nobody has touched since `old` as it is in `now`. */
export function untouchedFrom(old: TourDetails, now: TourDetails, typed: TourDetails): TourDetails {
  return {
    entryCode: typed.entryCode === old.entryCode ? now.entryCode : typed.entryCode,
    glossary: typed.glossary === old.glossary ? now.glossary : typed.glossary,
    notes: typed.notes === old.notes ? now.notes : typed.notes,
    spendCap: typed.spendCap === old.spendCap ? now.spendCap : typed.spendCap,
    transcriptDays: typed.transcriptDays === old.transcriptDays ? now.transcriptDays : typed.transcriptDays,
    asking: sameAsking(typed.asking, old.asking) ? now.asking : typed.asking,
  };
}

export function problemIn({ entryCode, glossary, spendCap }: TourDetails): DetailProblem | undefined {
  const code = normaliseCode(entryCode);
  if (code !== '' && !ENTRY_CODE.test(code)) return 'entry-code';
  if (typeof glossaryOf(glossary) === 'number') return 'glossary';
  return spendCap === '' || Number(spendCap) >= 0 ? undefined : 'cap';
}

function sameAsking(a: Asking, b: Asking): boolean {
  return (Object.keys(a) as (keyof Asking)[]).every((key) => a[key] === b[key]);
}

type Sent = Pick<NewTour, 'asking' | 'entryCode' | 'glossary' | 'notes' | 'retention' | 'spendCapUsd'>;

/** What differs from `before`: a tour that is patched keeps what nobody touched. */
export function changedDetails(before: TourDetails, now: TourDetails): Sent {
  const glossary = glossaryOf(now.glossary);
  const entryCode = normaliseCode(now.entryCode);
  return {
    ...(entryCode !== normaliseCode(before.entryCode) && { entryCode }),
    ...(now.glossary !== before.glossary && typeof glossary !== 'number' && { glossary }),
    ...(now.notes !== before.notes && { notes: now.notes }),
    ...(now.spendCap !== before.spendCap && {
      spendCapUsd: now.spendCap === '' ? null : Number(now.spendCap),
    }),
    ...(now.transcriptDays !== before.transcriptDays && {
      retention: now.transcriptDays === undefined ? {} : { transcriptDays: now.transcriptDays },
    }),
    ...(!sameAsking(now.asking, before.asking) && { asking: now.asking }),
  };
}

function glossaryHint(doubled: string | undefined): string {
  if (doubled !== undefined) return msg(str`“${doubled}” is there more than once: the last one counts.`);
  return msg(
    'Names that the translation must get right, one on each line. For a translation: Casa Milà = ja: カサ・ミラ',
  );
}

export interface DetailFieldsParts {
  readonly details: TourDetails;
  readonly problem: DetailProblem | undefined;
  readonly open: boolean;
  readonly change: (change: Partial<TourDetails>) => void;
}

export function detailFields({ details, problem, open, change }: DetailFieldsParts): TemplateResult {
  const badLine = glossaryOf(details.glossary);
  const doubled = typeof badLine === 'number' ? undefined : doubledTerm(badLine);
  return html`<details ?open=${open || problem !== undefined}>
    <summary>${msg('Entry code, glossary, questions and more')} ${chevronIcon}</summary>
    <div class="details">
      ${field(
        'entry-code',
        msg('Entry code'),
        problem === 'entry-code' ? msg('4 to 12 letters and digits.') : '',
        msg('Keeps strangers out: visitors type it when they join. Leave it empty to let everyone in.'),
        (described, invalid) =>
          html`<input
            id="entry-code"
            dir="auto"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            aria-describedby=${described}
            aria-invalid=${invalid}
            .value=${details.entryCode}
            @input=${(event: Event) => change({ entryCode: typed(event) })}
          />`,
      )}
      ${field(
        'glossary',
        msg('Glossary'),
        problem === 'glossary' && typeof badLine === 'number'
          ? msg(str`Line ${badLine} is not understood. Write: Casa Milà = ja: カサ・ミラ`)
          : '',
        glossaryHint(doubled),
        (described, invalid) =>
          html`<textarea
            id="glossary"
            dir="auto"
            rows="4"
            aria-describedby=${described}
            aria-invalid=${invalid}
            .value=${details.glossary}
            @input=${(event: Event) => change({ glossary: typed(event) })}
          ></textarea>`,
      )}
      ${field(
        'notes',
        msg('Notes for yourself'),
        '',
        '',
        () =>
          html`<textarea
            id="notes"
            dir="auto"
            rows="3"
            maxlength="4000"
            .value=${details.notes}
            @input=${(event: Event) => change({ notes: typed(event) })}
          ></textarea>`,
      )}
      ${askingFields(details.asking, (asking) => change({ asking }))}
      ${spendCapField(
        details.spendCap,
        (spendCap) => change({ spendCap }),
        problem === 'cap' ? msg('Enter an amount in US dollars.') : '',
        msg('At this sum the translation service stops. Leave it empty to go by the box.'),
      )}
      ${retentionField(details.transcriptDays, (transcriptDays) => change({ transcriptDays }), msg('As the box has it'))}
    </div>
  </details>`;
}

function field(
  id: string,
  label: string,
  wrong: string,
  hint: string,
  control: (described: string | typeof nothing, invalid: 'true' | 'false') => TemplateResult,
): TemplateResult {
  const words = wrong || hint;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${control(words ? `${id}-hint` : nothing, wrong ? 'true' : 'false')}
    ${
      words
        ? html`<p id="${id}-hint" class=${wrong ? 'bad' : 'soft small'} role=${wrong ? 'alert' : nothing}>
            ${words}
          </p>`
        : nothing
    }
  </div>`;
}

function typed({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : '';
}
