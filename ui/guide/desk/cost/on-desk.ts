import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './spend-panel.ts';

export const spendPanel: DeskPanel = ({ box, calls, socket }, tour) =>
  // A box that spends nothing shows nothing: then there is nothing that could be old either.
  socket.lost
    ? nothing
    : html`<ubizo-spend-panel
        .tour=${tour}
        ?busy=${calls.busy}
        ?costs=${box?.usdPerMinute !== undefined}
        ?saving=${calls.asked?.patch?.spendCapUsd !== undefined}
        @spend-cap=${(event: CustomEvent<number>) => void calls.patch({ spendCapUsd: event.detail })}
      ></ubizo-spend-panel>`;
