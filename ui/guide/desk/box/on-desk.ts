import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import '../unknown-panel.ts';
import './use-panel.ts';

export const usePanel: DeskPanel = ({ socket, use }, tour) => {
  if (tour.state === 'ended') return nothing;
  return socket.lost
    ? html`<ubizo-unknown-panel .heading=${msg('The whole box')}></ubizo-unknown-panel>`
    : html`<ubizo-use-panel .use=${use}></ubizo-use-panel>`;
};
