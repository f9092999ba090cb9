import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import '../../../elements/notice.ts';
import { guideProblemWords } from '../../problem-words.ts';
import type { Desk } from '../desk.ts';
import { holderRow } from '../floor/floor-rows.ts';
import { activeRow, ringingRow } from '../private-calls/call-rows.ts';
import '../private-calls/take-sheet.ts';
import { talkStrip } from '../talk/on-desk.ts';
import { callActs, floorActs } from '../voices/acts.ts';
import { voiceStyles } from '../voices/voice-styles.ts';
import type { DeskTabs } from './desk-tabs.ts';
import { tabBar, tabBarStyles } from './tab-bar.ts';

export const dockStyles = [
  voiceStyles,
  tabBarStyles,
  css`
    /* Below what is read, and over it: whatever comes here moves nothing. */
    .dock {
      position: sticky;
      inset-block-end: 0;
      z-index: 2;
      margin: 0 calc(-1 * var(--gap-4)) calc(-1 * var(--gap-4));
      background: var(--raised);
      box-shadow: 0 -4px 16px rgb(0 0 0 / 12%);
    }
    /* With the largest letters something is left to be read above it. */
    @media (max-width: 18em) {
      .dock {
        max-block-size: 50dvh;
        overflow-y: auto;
      }
    }
    .dock:not(:has(*)) {
      display: none;
    }
    .dock .voice,
    .dock .problem {
      padding: var(--gap-1) var(--gap-3);
      border-block-start: 1px solid var(--line);
    }
    @media (min-width: 640px) {
      .dock {
        margin: 0 calc(-1 * var(--gap-5)) calc(-1 * var(--gap-5));
      }
    }
  `,
];

/**
 * What is within reach of the thumb, whatever part of the desk is looked at: the bar to change it, the state and the
 * microphone, who calls or is heard just now, and why something was refused.
 */
export function dock(desk: Desk, tour: TourDeskView, tabs: DeskTabs | undefined): TemplateResult {
  const { calls, questions, floor, requests } = desk.conversation;
  const narrow = tabs?.narrow === true;
  const waiting = { questions: questions.open, people: calls.ringing.length + floor.now.queue.length };
  return html`
    <div class="dock">
      ${
        requests.problem
          ? html`<div class="problem">
              <ubizo-notice
                tone="bad"
                .text=${guideProblemWords(requests.problem)}
                .action=${msg('Close')}
                @notice-action=${() => requests.tell(undefined)}
              ></ubizo-notice>
            </div>`
          : nothing
      }
      ${narrow ? html`${voiceNow(desk)} ${tabs.now === 'speak' ? nothing : talkStrip(desk, tour)}` : nothing}
      ${narrow ? tabBar(tabs, waiting) : nothing}
    </div>
    <ubizo-take-sheet
      .call=${calls.wanted}
      @call-taken=${({ detail }: CustomEvent<'muted' | 'goes-on'>) => calls.take(detail)}
      @call-left=${() => calls.want(undefined)}
    ></ubizo-take-sheet>
  `;
}

/** One at a time: who is on the line, who calls, who is heard. The rest is among the people. */
function voiceNow(desk: Desk): TemplateResult | typeof nothing {
  const { calls, floor } = desk.conversation;
  const [ringing] = calls.ringing;
  if (calls.active) return activeRow(calls.active, callActs(desk));
  if (ringing) return ringingRow(ringing, callActs(desk));
  return floor.now.holder ? holderRow(floor.now.holder, floorActs(desk)) : nothing;
}
