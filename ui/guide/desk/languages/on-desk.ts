import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './language-rows.ts';

export const languageRows: DeskPanel = ({ said }, tour) =>
  tour.state === 'ended'
    ? nothing
    : html`<ubizo-language-rows .tour=${tour} .captions=${said.captions}></ubizo-language-rows>`;
