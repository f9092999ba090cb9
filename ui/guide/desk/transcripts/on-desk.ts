import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './transcripts-panel.ts';

/** Once the tour is over. */
export const transcriptsPanel: DeskPanel = (_desk, { state, id }) =>
  state === 'ended' ? html`<ubizo-transcripts-panel .tourId=${id}></ubizo-transcripts-panel>` : nothing;
