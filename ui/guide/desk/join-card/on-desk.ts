import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './join-card.ts';

export const joinCard: DeskPanel = (_desk, { state, name, code, joinUrl, entryCode = '' }) =>
  state === 'ended'
    ? nothing
    : html`<ubizo-join-card
        .name=${name}
        .code=${code}
        .url=${joinUrl}
        .entryCode=${entryCode}
      ></ubizo-join-card>`;
