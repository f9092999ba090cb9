import { html, nothing } from 'lit';
import type { Reaction } from '../../../appliance/protocol/questions.ts';
import '../ask/ask-sheet.ts';
import type { AskSheet } from '../ask/ask-sheet.ts';
import '../ask/speak-panel.ts';
import type { Speak } from '../ask/speak-panel.ts';
import '../call/call-sheet.ts';
import '../pinned/message-sheet.ts';
import '../pinned/pinned-message.ts';
import type { Conversation } from './conversation.ts';
import { doingWords, floorWords } from './doing-words.ts';
import '../call/help-button.ts';
import './talk-bar.ts';

export { Conversation } from './conversation.ts';

/** What the guide has written to all, over the captions. */
function aboveCaptions({ messages, parts }: Conversation) {
  return html`<ubizo-pinned-message
    .message=${messages.pinned}
    ?folded=${messages.isFolded}
    .count=${messages.all.length}
    .unread=${messages.unread}
    .language=${parts.language.chosen}
    @fold=${(event: CustomEvent<boolean>) => messages.fold(event.detail)}
    @open-messages=${(event: Event) => {
      messages.look();
      beside(event, 'ubizo-message-sheet')?.show();
    }}
  ></ubizo-pinned-message>`;
}

/** By what a visitor answers. */
function talkBar(conversation: Conversation) {
  const { questions, speaking, calling, reactions, tooFast, parts } = conversation;
  return html`<ubizo-talk-bar
    .doing=${doingWords(conversation)}
    ?speaking=${speaking.state.is === 'speaking' || calling.state.is === 'active'}
    ?news=${questions.news}
    .reacted=${reactions.told}
    ?live=${parts.tour.view?.state === 'live'}
    .telling=${tooFast.telling}
    @react=${(event: CustomEvent<Reaction>) => reactions.tell(event.detail)}
    @too-fast=${() => tooFast.tell()}
    @open-ask=${(event: Event) => {
      void conversation.findSecurePage();
      if (calling.on) beside(event, 'ubizo-call-sheet')?.show();
      else {
        questions.look(true);
        beside(event, 'ubizo-ask-sheet')?.show();
      }
    }}
  ></ubizo-talk-bar>`;
}

/** What opens over the captions. */
function sheets(conversation: Conversation) {
  const { messages, parts } = conversation;
  return html`${askSheet(conversation)} ${callSheet(conversation)}
    <ubizo-message-sheet .messages=${messages.all} .language=${parts.language.chosen}></ubizo-message-sheet>`;
}

function askSheet(conversation: Conversation) {
  const { questions, speaking, asking, parts } = conversation;
  return html`<ubizo-ask-sheet
    .asking=${asking}
    .own=${questions.own}
    .open=${questions.open}
    .shown=${questions.shown}
    .language=${parts.language.chosen}
    ?sending=${questions.sending}
    .problem=${questions.problem}
    ?speaking=${speaking.handsOff}
    ?due=${speaking.state.is === 'speaking'}
    @ask=${async (event: CustomEvent<string>) => {
      const sheet = event.currentTarget as AskSheet;
      if (await questions.ask(event.detail)) sheet.sent();
    }}
    @withdraw=${(event: CustomEvent<string>) => void questions.withdraw(event.detail)}
    @vote=${({ detail }: CustomEvent<{ id: string; on: boolean }>) => questions.vote(detail.id, detail.on)}
    @ask-closed=${() => questions.look(false)}
  >
    ${conversation.byVoice ? speakPanel(conversation) : nothing}
    <ubizo-help-button
      @open-help=${(event: Event) => {
        const sheet = beside(event, 'ubizo-call-sheet');
        beside(event, 'ubizo-ask-sheet')?.close();
        sheet?.show();
      }}
    ></ubizo-help-button>
  </ubizo-ask-sheet>`;
}

function speakPanel(conversation: Conversation) {
  const { speaking, voice, parts } = conversation;
  return html`<ubizo-speak-panel
    slot="voice"
    ?possible=${conversation.possible}
    .secureUrl=${conversation.secureUrl}
    .speaking=${speaking.state}
    .left=${speaking.countdown.left}
    .level=${speaking.levelDb}
    ?connected=${voice.connected}
    .problem=${voice.problem}
    .interpreted=${speaking.interpreted}
    ?heard=${parts.listening.on}
    @speak=${({ detail }: CustomEvent<Speak>) => void speaking.begin(detail.to, detail.sensitivity)}
    @speak-done=${() => speaking.done()}
  ></ubizo-speak-panel>`;
}

function callSheet(conversation: Conversation) {
  const { calling, questions, voice } = conversation;
  return html`<ubizo-call-sheet
    .call=${calling.state}
    .left=${calling.countdown.left}
    ?voice=${conversation.byVoice}
    ?possible=${conversation.possible}
    .secureUrl=${conversation.secureUrl}
    ?sending=${questions.sending}
    ?sent=${conversation.helpSent}
    .problem=${questions.problem}
    .voiceProblem=${voice.problem}
    ?due=${calling.state.is === 'active'}
    @call-help=${(event: CustomEvent<string>) => void conversation.callForHelp(event.detail)}
    @ring=${() => void calling.ring()}
    @hang-up=${() => calling.hangUp()}
    @call-closed=${() => conversation.helpClosed()}
  ></ubizo-call-sheet>`;
}

/** Another part of the same page. */
function beside<Name extends keyof HTMLElementTagNameMap>(
  { currentTarget }: Event,
  name: Name,
): HTMLElementTagNameMap[Name] | null {
  const root = (currentTarget as Element).getRootNode() as Document | ShadowRoot;
  return root.querySelector(name);
}

/** What of it stands on the page, and where. */
export const screen = { aboveCaptions, talkBar, sheets, floorWords };
