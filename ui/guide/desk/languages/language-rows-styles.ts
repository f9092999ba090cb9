import { css } from 'lit';

export const languageRowsStyles = css`
  li {
    display: grid;
    gap: var(--gap-2);
    padding-block: var(--gap-4);
    border-block-start: 1px solid var(--line);
  }
  li:last-child {
    padding-block-end: 0;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--gap-3);
  }
  h3 {
    flex: 1 1 7rem;
    min-inline-size: 0;
    font-size: 1.25rem;
    font-weight: 650;
  }
  .mark {
    font-size: 0.875rem;
    font-weight: 600;
    letter-spacing: 0;
    color: var(--ink-soft);
    margin-inline-start: var(--gap-1);
  }
  .mark.box {
    color: var(--warn);
  }
  .number {
    font-size: 1.75rem;
    font-weight: 750;
    line-height: 1;
    font-variant-numeric: tabular-nums;
  }
  .dot {
    display: inline-block;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: var(--line-strong);
    margin-inline-end: 0.5rem;
  }
  .live .dot {
    background: var(--good);
  }
  .reconnecting .dot,
  .floor .dot {
    background: var(--warn);
  }
  .reconnecting,
  .floor {
    color: var(--warn);
  }
  .caption {
    padding-inline-start: var(--gap-3);
    border-inline-start: 3px solid var(--accent);
    overflow: hidden;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .draft {
    color: var(--ink-soft);
  }
`;
