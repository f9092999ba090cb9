import { html, nothing, type TemplateResult } from 'lit';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import { usePanel } from '../box/on-desk.ts';
import { chatPanel } from '../chat/on-desk.ts';
import { spendPanel } from '../cost/on-desk.ts';
import type { DeskPanel } from '../desk-panel.ts';
import type { Desk } from '../desk.ts';
import { joinCard } from '../join-card/on-desk.ts';
import { languageRows } from '../languages/on-desk.ts';
import { microphonePanel } from '../microphone/on-desk.ts';
import { pacePanel } from '../pace/on-desk.ts';
import { peoplePanel } from '../people/on-desk.ts';
import { publishingPanel } from '../publishing/on-desk.ts';
import { qualityPanel } from '../quality/on-desk.ts';
import { questionsPanel } from '../questions/on-desk.ts';
import { saidPanel } from '../said/on-desk.ts';
import { soundCheckPanel } from '../sound-check/on-desk.ts';
import { statePanel } from '../state/on-desk.ts';
import { summaryPanel } from '../summary/on-desk.ts';
import { talkPanel } from '../talk/on-desk.ts';
import { transcriptsPanel } from '../transcripts/on-desk.ts';
import { voicesPanel } from '../voices/on-desk.ts';
import type { DeskTab, DeskTabs } from './desk-tabs.ts';

/** In the order of need. State and microphone come first: what is new stands below them, or elsewhere. */
const PLACES: readonly (readonly [tab: DeskTab, panels: readonly DeskPanel[]])[] = [
  ['speak', [statePanel, summaryPanel, talkPanel, pacePanel, microphonePanel, soundCheckPanel, saidPanel]],
  ['questions', [transcriptsPanel, questionsPanel, chatPanel]],
  ['people', [voicesPanel, joinCard, languageRows, peoplePanel]],
  ['more', [qualityPanel, spendPanel, usePanel, publishingPanel]],
];

/** All panels, each in its part of the desk. `tabs`: where there is a bar to change between the parts. */
export function places(desk: Desk, tour: TourDeskView, tabs: DeskTabs | undefined): TemplateResult[] {
  return PLACES.map(
    ([tab, panels]) =>
      html`<div
        id="panel-${tab}"
        class="part ${tab}"
        role=${tabs?.narrow ? 'tabpanel' : nothing}
        aria-labelledby=${tabs?.narrow ? `tab-${tab}` : nothing}
        ?hidden=${tabs?.hides(tab)}
      >
        ${panels.map((panel) => panel(desk, tour))}
      </div>`,
  );
}
