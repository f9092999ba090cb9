import { html } from 'lit';
import type { TourStep } from '../../../link/api/tours.ts';
import type { DeskPanel } from '../desk-panel.ts';
import './state-panel.ts';

export const statePanel: DeskPanel = ({ tour: { listeners, readers }, calls, mute, socket, sound }, tour) =>
  html`<ubizo-state-panel
    .tour=${tour}
    .listeners=${listeners}
    .readers=${readers}
    .asked=${calls.asked?.step}
    .muteAsked=${mute.asked}
    ?busy=${calls.busy}
    ?lost=${socket.lost}
    ?soundless=${sound.soundless}
    @tour-step=${(event: CustomEvent<TourStep>) => void calls.take(event.detail)}
  ></ubizo-state-panel>`;
