import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './pace-panel.ts';

export const pacePanel: DeskPanel = ({ pace, socket }, tour) =>
  tour.state === 'live' && !socket.lost
    ? html`<ubizo-pace-panel .nudge=${pace.nudge} .tooFast=${pace.tooFast}></ubizo-pace-panel>`
    : nothing;
