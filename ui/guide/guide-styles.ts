import { css } from 'lit';
import { base, buttons } from '../style/base.ts';
import { panel } from './panel.ts';

export const guideStyles = [
  base,
  buttons,
  panel,
  css`
    main {
      min-block-size: 100dvh;
      inline-size: 100%;
      max-inline-size: 88rem;
      margin-inline: auto;
      padding: var(--gap-4);
      display: flex;
      flex-direction: column;
      gap: var(--gap-4);
    }
    @media (min-width: 640px) {
      main {
        padding: var(--gap-5);
      }
    }
    .asking {
      margin: auto;
    }
    .narrow {
      inline-size: 100%;
      max-inline-size: 44rem;
      margin-inline: auto;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--gap-4);
    }
    .back {
      margin-inline-start: calc(-1 * var(--gap-3));
    }
    :host(:dir(rtl)) .back svg {
      transform: scaleX(-1);
    }
    .foot {
      margin-block-start: var(--gap-5);
    }
  `,
];
