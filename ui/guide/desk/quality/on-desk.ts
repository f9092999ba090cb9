import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import '../unknown-panel.ts';
import './quality-panel.ts';

/** While the tour has listeners to be. */
export const qualityPanel: DeskPanel = ({ quality, socket }, { state }) => {
  if (state !== 'live' && state !== 'paused') return nothing;
  return socket.lost
    ? html`<ubizo-unknown-panel .heading=${msg('How they hear')}></ubizo-unknown-panel>`
    : html`<ubizo-quality-panel .now=${quality.now}></ubizo-quality-panel>`;
};
