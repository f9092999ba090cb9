import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import { callActs, earphoneActs, floorActs } from './acts.ts';
import './voices-panel.ts';

export const voicesPanel: DeskPanel = (desk, { state, asking }) => {
  const { floor, calls } = desk.conversation;
  if (state === 'ended') return nothing;
  const { ringing, active, ended } = calls;
  return html`<ubizo-voices-panel
    .floor=${floor.now}
    .calls=${{ ringing, active, ended }}
    .floorActs=${floorActs(desk)}
    .callActs=${callActs(desk)}
    .earphone=${earphoneActs(desk)}
    ?open=${asking.voice && asking.to !== 'off'}
  ></ubizo-voices-panel>`;
};
