import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './talk-panel.ts';

export const talkPanel: DeskPanel = ({ mute, socket }, { state, muted }) =>
  state === 'ended'
    ? nothing
    : html`<ubizo-talk-panel
        ?muted=${muted}
        .asked=${mute.asked}
        ?lost=${socket.lost}
        @mute=${(event: CustomEvent<boolean>) => mute.set(event.detail)}
      ></ubizo-talk-panel>`;
