import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import type { TalkMode } from './talk-button.ts';
import './talk-panel.ts';
import './talk-strip.ts';

export const talkPanel: DeskPanel = ({ mute, socket }, { state, muted }) =>
  state === 'ended'
    ? nothing
    : html`<ubizo-talk-panel
        ?muted=${muted}
        .asked=${mute.asked}
        .mode=${mute.mode}
        ?lost=${socket.lost}
        @mute=${(event: CustomEvent<boolean>) => mute.set(event.detail)}
        @talk-mode=${(event: CustomEvent<TalkMode>) => mute.use(event.detail)}
      ></ubizo-talk-panel>`;

/** The same in one line, below whatever else is looked at. */
export const talkStrip: DeskPanel = ({ mute, socket, sound, tour: { listeners } }, tour) =>
  html`<ubizo-talk-strip
    .tour=${tour}
    .listeners=${listeners}
    .asked=${mute.asked}
    .mode=${mute.mode}
    ?lost=${socket.lost}
    ?soundless=${sound.soundless}
    @mute=${(event: CustomEvent<boolean>) => mute.set(event.detail)}
  ></ubizo-talk-strip>`;
