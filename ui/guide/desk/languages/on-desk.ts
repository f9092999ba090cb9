import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import '../unknown-panel.ts';
import './language-rows.ts';

export const languageRows: DeskPanel = ({ said, socket }, tour) => {
  if (tour.state === 'ended') return nothing;
  return socket.lost
    ? html`<ubizo-unknown-panel .heading=${msg('Languages')}></ubizo-unknown-panel>`
    : html`<ubizo-language-rows .tour=${tour} .captions=${said.captions}></ubizo-language-rows>`;
};
