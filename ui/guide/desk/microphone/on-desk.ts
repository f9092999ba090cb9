import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './microphone-panel.ts';

export const microphonePanel: DeskPanel = ({ box, socket, calls }, tour) =>
  tour.state === 'ended'
    ? nothing
    : html`<ubizo-microphone-panel
        .tour=${tour}
        .box=${box}
        .events=${socket}
        .asked=${calls.asked?.patch?.microphone}
        ?lost=${socket.lost}
        @microphone-choice=${(event: CustomEvent<string>) => void calls.patch({ microphone: event.detail })}
      ></ubizo-microphone-panel>`;
