import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './sound-check-panel.ts';

export const soundCheckPanel: DeskPanel = (_desk, { state, id, languages }) =>
  state !== 'ready' || languages.length === 0
    ? nothing
    : html`<ubizo-sound-check-panel .tourId=${id}></ubizo-sound-check-panel>`;
