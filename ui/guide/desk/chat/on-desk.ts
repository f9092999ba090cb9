import { html, nothing } from 'lit';
import type { DeskPanel } from '../desk-panel.ts';
import './chat-panel.ts';

export const chatPanel: DeskPanel = ({ conversation, socket }, { state }) => {
  const { chat, chatCalls, requests } = conversation;
  if (state === 'ended' && chat.messages.length === 0) return nothing;
  return html`<ubizo-chat-panel
    .messages=${chat.messages}
    .reactions=${chat.reactions}
    .calls=${chatCalls}
    .underWay=${requests.underWay}
    ?lost=${socket.lost}
    ?over=${state === 'ended'}
  ></ubizo-chat-panel>`;
};
