import { css } from 'lit';

/** One column on a phone, in the order of need; two from a small tablet on, three on a wide screen. */
export const tourDeskStyles = css`
  :host {
    display: grid;
    gap: var(--gap-4);
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
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-4);
    align-items: start;
  }
  .now,
  .them,
  .who {
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
    .now,
    .them,
    .who {
      gap: var(--gap-5);
    }
    .who {
      grid-column: 1 / -1;
    }
  }
  @media (min-width: 1200px) {
    .desk {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .who {
      grid-column: auto;
    }
  }
`;
