import { html } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './spend-panel.ts';

export const spendPanel: DeskPanel = ({ box, calls }, tour) =>
  html`<ubizo-spend-panel
    .tour=${tour}
    ?busy=${calls.busy}
    ?costs=${box?.usdPerMinute !== undefined}
    @spend-cap=${(event: CustomEvent<number>) => void calls.patch({ spendCapUsd: event.detail })}
  ></ubizo-spend-panel>`;
