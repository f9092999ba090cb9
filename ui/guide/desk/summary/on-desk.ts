import { html, nothing } from 'lit';
import { copyTour } from '../../../link/api/tours.ts';
import type { DeskPanel } from '../desk-panel.ts';
import './summary-panel.ts';

/** Once the tour is over, if it ever began. */
export const summaryPanel: DeskPanel = ({ calls }, { state, summary, languages, spend }) =>
  state === 'ended' && summary
    ? html`<ubizo-summary-panel
        .summary=${summary}
        .languages=${languages}
        .usd=${spend.usd}
        ?busy=${calls.busy}
        @do-again=${() =>
          void calls.ask(async (id) => {
            location.hash = (await copyTour(id)).id;
          })}
      ></ubizo-summary-panel>`
    : nothing;
