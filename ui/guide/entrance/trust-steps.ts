import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { chevronIcon } from '../../elements/icons.ts';
import { base, buttons } from '../../style/base.ts';

type System = 'ios' | 'android' | 'windows' | 'macos' | 'linux';

/** Names that systems give themselves. */
const SYSTEMS: Record<System, string> = {
  ios: 'iPhone, iPad',
  android: 'Android',
  windows: 'Windows',
  macos: 'Mac',
  linux: 'Linux, Firefox',
};

/** How to make a device trust the certificates that a box makes for itself, the reader's own system first. */
@localized()
@customElement('ubizo-trust-steps')
export class TrustSteps extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--gap-2);
      }
      a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
        font-weight: 600;
      }
      details {
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        padding-inline: var(--gap-3);
      }
      summary {
        min-block-size: var(--target);
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-2);
        font-weight: 600;
        cursor: pointer;
        border-radius: var(--radius-small);
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary svg {
        color: var(--ink-soft);
      }
      [open] summary svg {
        transform: rotate(180deg);
      }
      details p {
        padding-block-end: var(--gap-3);
      }
    `,
  ];

  /** Where the certificate of the box's own authority is. */
  @property() url = '/ubizo.crt';

  override render() {
    const own = ownSystem();
    const systems = [own, ...(Object.keys(SYSTEMS) as System[]).filter((system) => system !== own)];
    return html`
      <p><a href=${this.url} download="ubizo.crt">${msg('Download the certificate of this box')}</a></p>
      ${systems.map(
        (system) =>
          html`<details name="system" ?open=${system === own}>
            <summary>${SYSTEMS[system]} ${chevronIcon}</summary>
            <p>${stepsOf(system)}</p>
          </details>`,
      )}
    `;
  }
}

function stepsOf(system: System): string {
  switch (system) {
    case 'ios':
      return msg(
        'Download it in Safari. In Settings, open “Profile Downloaded” and install it. Then, under General, About, Certificate Trust Settings, switch it on.',
      );
    case 'android':
      return msg(
        'Download it. In Settings, search for “CA certificate”, choose “Install anyway” and pick the file.',
      );
    case 'windows':
      return msg(
        'Open the file, choose “Install Certificate”, then “Place all certificates in the following store” and “Trusted Root Certification Authorities”.',
      );
    case 'macos':
      return msg(
        'Open the file: Keychain Access adds it. Double-click it there and set Trust to “Always Trust”.',
      );
    case 'linux':
      return msg(
        'In the settings of the browser, search for “certificates”, open the list of authorities and import the file for websites.',
      );
  }
}

function ownSystem(): System {
  const agent = navigator.userAgent;
  if (/iPhone|iPad/u.test(agent)) return 'ios';
  if (agent.includes('Android')) return 'android';
  if (agent.includes('Windows')) return 'windows';
  return agent.includes('Mac') ? 'macos' : 'linux';
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-trust-steps': TrustSteps;
  }
}
