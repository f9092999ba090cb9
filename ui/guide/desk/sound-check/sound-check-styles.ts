import { css } from 'lit';

export const soundCheckStyles = css`
  li {
    display: grid;
    gap: var(--gap-2);
    padding-block: var(--gap-3);
    border-block-start: 1px solid var(--line);
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-3);
    min-block-size: var(--target);
  }
  h3 {
    flex: 1;
    min-inline-size: 0;
    font-weight: 650;
  }
  /* A verdict takes the place of what was said before it: nothing below moves. */
  .verdict {
    min-block-size: 3em;
  }
  .late,
  .silent,
  .untranslated {
    color: var(--warn);
  }
  .status {
    min-block-size: 1.5em;
  }
  progress {
    inline-size: 100%;
    block-size: 0.75rem;
    accent-color: var(--accent);
  }
  summary {
    display: flex;
    align-items: center;
    min-block-size: var(--target);
    cursor: pointer;
    gap: var(--gap-1);
    color: var(--accent);
    font-weight: 600;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  [open] summary svg {
    transform: scaleY(-1);
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--gap-1) var(--gap-3);
  }
  dd {
    font-variant-numeric: tabular-nums;
  }
  .text {
    padding-inline-start: var(--gap-3);
    border-inline-start: 3px solid var(--accent);
  }
`;
