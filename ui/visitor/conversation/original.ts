import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { languageName } from '../../../appliance/protocol/languages.ts';
import type { TranslatedBy } from '../../../appliance/protocol/questions.ts';
import { pageLanguage } from '../../texts/locale.ts';

interface Said {
  readonly text: string;
  readonly by: TranslatedBy;
  readonly original: string;
}

/**
 * What somebody wrote: as text and nothing else, in whatever direction it runs, with the original one tap away.
 * @param reads the reader's language, in which it is unless it is as written
 * @param written the language in which it was written, if it is known
 */
export function saidInWriting(said: Said, { reads, written }: { reads: string; written?: string }) {
  const asWritten = said.by === 'as-written';
  return html`<p class="said" dir="auto" lang=${(asWritten ? written : reads) ?? nothing}>${said.text}</p>
    ${
      asWritten || said.original === said.text
        ? nothing
        : html`<details>
            <summary>
              <span
                >${msg('Original')}${
                  written === undefined
                    ? nothing
                    : html`: <bdi>${languageName(written, pageLanguage())}</bdi>`
                }</span
              >
            </summary>
            <p class="said soft" dir="auto" lang=${written ?? nothing}>${said.original}</p>
          </details>`
    }
    ${said.by === 'box' ? html`<p class="soft small">${msg('Rough translation')}</p>` : nothing}`;
}
