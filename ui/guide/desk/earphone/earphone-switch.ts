import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';

export interface EarphoneSwitch {
  readonly on: boolean;
  readonly connected: boolean;
  /** 0 to 1. */
  readonly volume: number;
  readonly set: (on: boolean) => void;
  readonly setVolume: (volume: number) => void;
}

export const earphoneStyles = css`
  .earphone {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-2);
    padding-block-start: var(--gap-3);
    border-block-start: 1px solid var(--line);
  }
  .earphone label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-3);
    min-block-size: var(--target);
  }
  .earphone input[type='range'] {
    flex: 1 1 8rem;
    inline-size: auto;
    block-size: var(--target);
    padding: 0;
    accent-color: var(--accent);
  }
`;

/** Visitors' voices in the guide's ear. */
export function earphoneSwitch({ on, connected, volume, set, setVolume }: EarphoneSwitch): TemplateResult {
  return html`<div class="earphone">
    <label>
      <input
        type="checkbox"
        data-testid="earphone"
        aria-describedby="earphone-hint"
        .checked=${on}
        @change=${({ target }: Event) => target instanceof HTMLInputElement && set(target.checked)}
      />
      ${msg('Hear visitors in my earphone')}
    </label>
    <p id="earphone-hint" class="soft small" role="status">
      ${on && !connected ? msg('Connecting…') : msg('Nobody else hears it. Without an earphone your microphone would.')}
    </p>
    ${
      on
        ? html`<label>
            ${msg('Volume')}
            <input
              type="range"
              min="0"
              max="1"
              step="0.1"
              .value=${String(volume)}
              @input=${({ target }: Event) => target instanceof HTMLInputElement && setVolume(Number(target.value))}
            />
          </label>`
        : nothing
    }
  </div>`;
}
