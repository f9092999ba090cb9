import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { microphoneIcon, mutedIcon } from '../../../elements/icons.ts';
import type { HoldToTalk } from '../../../elements/hold-to-talk.ts';

/** A switch, or a button that must be held. */
export type TalkMode = 'continuous' | 'push';

export interface TalkButton {
  readonly mode: TalkMode;
  /** As the box has confirmed it. */
  readonly muted: boolean;
  /** What was asked for and is not confirmed. */
  readonly asked: boolean | undefined;
  /** There is no contact with the box. */
  readonly lost: boolean;
  readonly hold: HoldToTalk;
  readonly say: (muted: boolean) => void;
}

export const talkButtonStyles = css`
  .talk {
    flex-wrap: wrap;
    touch-action: none;
    -webkit-touch-callout: none;
  }
  .talk.on {
    background: var(--live);
    color: var(--on-live);
    border-color: transparent;
  }
  .talk.muted {
    background: var(--warn-soft);
    color: var(--warn);
    border: 2px solid var(--warn);
  }
`;

/** By which the guide decides whether they are heard. Says nothing that the box has not said. */
export const talkButton = (button: TalkButton): TemplateResult =>
  button.mode === 'push' ? pushButton(button) : muteButton(button);

function muteButton({ muted: confirmed, asked, lost, say }: TalkButton): TemplateResult {
  const muted = asked ?? confirmed;
  return html`<button
    class="talk ${confirmed ? 'muted' : ''}"
    type="button"
    ?disabled=${lost && muted}
    @click=${() => say(!muted)}
  >
    ${muted ? mutedIcon : microphoneIcon}${pendingWords(asked) ?? (muted ? msg('Unmute') : msg('Mute'))}
  </button>`;
}

function pushButton({ muted, asked, lost, hold }: TalkButton): TemplateResult {
  // By the visitors, as far as this page can know.
  const heard = !muted && !lost;
  return html`<button
    class="talk ${heard ? 'on' : ''}"
    type="button"
    aria-pressed=${heard ? 'true' : 'false'}
    @pointerdown=${hold.pointerDown}
    @pointerup=${hold.release}
    @pointercancel=${hold.release}
    @lostpointercapture=${hold.release}
    @contextmenu=${(event: Event) => event.preventDefault()}
  >
    ${microphoneIcon}${pendingWords(asked) ?? pushWords(muted, lost)}
  </button>`;
}

function pendingWords(asked: boolean | undefined): string | undefined {
  if (asked === undefined) return undefined;
  return asked ? msg('Muting…') : msg('Unmuting…');
}

function pushWords(muted: boolean, lost: boolean): string {
  if (lost) return msg('No contact');
  return muted ? msg('Hold to talk') : msg('You are heard');
}
