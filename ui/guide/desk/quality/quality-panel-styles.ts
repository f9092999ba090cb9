import { css } from 'lit';

export const qualityPanelStyles = css`
  .bar {
    display: flex;
    gap: 2px;
    block-size: 0.75rem;
    border-radius: 999px;
    overflow: hidden;
    background: var(--sunken);
  }
  .bar span {
    flex: var(--phones) 0 0;
  }
  .classes {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2) var(--gap-4);
  }
  .classes li {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
  }
  .dot {
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
  }
  .excellent {
    background: var(--good);
  }
  .good {
    background: color-mix(in srgb, var(--good) 55%, var(--raised));
  }
  .fair {
    background: color-mix(in srgb, var(--warn) 55%, var(--raised));
  }
  .poor {
    background: var(--bad);
  }
  .none {
    background: var(--ink);
  }
  b {
    font-variant-numeric: tabular-nums;
  }
  .rows li {
    padding-block: var(--gap-2);
    border-block-start: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--gap-3);
    font-weight: 650;
  }
`;
