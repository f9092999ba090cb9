import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './publishing-panel.ts';

export const publishingPanel: DeskPanel = (_desk, { state, id }) =>
  state === 'ended' ? nothing : html`<ubizo-publishing-panel .tourId=${id}></ubizo-publishing-panel>`;
