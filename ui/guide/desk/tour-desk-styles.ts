import { css } from 'lit';

/** One part at a time on a phone; two columns from a small tablet on, three on a wide screen. */
export const tourDeskStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--gap-4);
    /* The dock is at the foot of the screen, however little there is above. */
    flex: 1 1 auto;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2);
  }
  header h1 {
    flex: 1 1 7rem;
    min-inline-size: 0;
    font-size: clamp(1.125rem, 4vw, 1.75rem);
  }
  .back {
    margin-inline-start: calc(-1 * var(--gap-3));
  }
  :host(:dir(rtl)) .back svg {
    transform: scaleX(-1);
  }
  @media (max-width: 639px) {
    .back span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  .desk {
    flex: 1 0 auto;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-4);
    align-items: start;
    align-content: start;
  }
  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-4);
    min-inline-size: 0;
  }
  @media (min-width: 800px) {
    .desk {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: var(--gap-5);
    }
    .part {
      gap: var(--gap-5);
    }
  }
  @media (min-width: 1200px) {
    .desk {
      grid-template-columns: repeat(3, minmax(0, 1fr));
      grid-template-rows: auto 1fr;
    }
    .speak {
      grid-area: 1 / 1 / span 2;
    }
    .questions {
      grid-area: 1 / 2;
    }
    .people {
      grid-area: 1 / 3 / span 2;
    }
    .more {
      grid-area: 2 / 2;
    }
  }
`;
