import { html, nothing } from 'lit';
import type { Asking } from '../../../../appliance/protocol/asking.ts';
import type { DeskPanel } from '../desk-panel.ts';
import './questions-panel.ts';

export const questionsPanel: DeskPanel = ({ calls, conversation, socket }, tour) => {
  const { bell, questions, questionCalls, requests } = conversation;
  if (tour.state === 'ended') return nothing;
  return html`<ubizo-questions-panel
    .rows=${questions.rows}
    .news=${questions.news}
    ?textsWait=${questions.textsWait}
    .find=${questions.find}
    .calls=${questionCalls}
    .underWay=${requests.underWay}
    .problem=${requests.problem}
    .asking=${tour.asking}
    .guideLanguage=${tour.floorLanguage}
    ?bell=${bell.on}
    ?lost=${socket.lost}
    @questions-handled=${(event: CustomEvent<boolean>) => questions.touch(event.detail)}
    @questions-let-in=${() => questions.letIn()}
    @question-bell=${(event: CustomEvent<boolean>) => bell.set(event.detail)}
    @asking-change=${(event: CustomEvent<Asking>) => void calls.patch({ asking: event.detail })}
  ></ubizo-questions-panel>`;
};
