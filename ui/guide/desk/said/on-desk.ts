import { html } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './said-panel.ts';

export const saidPanel: DeskPanel = ({ said }, { floorLanguage, channels }) =>
  html`<ubizo-said-panel
    .lines=${said.in(floorLanguage)}
    .written=${channels.every(({ writtenBy }) => writtenBy !== 'nobody')}
  ></ubizo-said-panel>`;
