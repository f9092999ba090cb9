import { html } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './said-panel.ts';

export const saidPanel: DeskPanel = ({ said }, { floorLanguage }) =>
  html`<ubizo-said-panel .lines=${said.in(floorLanguage)}></ubizo-said-panel>`;
