import { css } from 'lit';

export const tourListStyles = css`
  :host {
    display: grid;
    gap: var(--gap-4);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-3);
  }
  ul {
    display: grid;
    gap: var(--gap-3);
  }
  li {
    display: grid;
    background: var(--raised);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    padding: 0 var(--gap-1) var(--gap-1);
  }
  .actions .danger {
    margin-inline-start: auto;
  }
  a {
    min-inline-size: 0;
    display: grid;
    gap: 2px;
    padding: var(--gap-4) var(--gap-4) var(--gap-2);
    color: inherit;
    text-decoration: none;
    border-radius: var(--radius);
    outline-offset: -4px;
  }
  a:hover .name {
    text-decoration: underline;
  }
  .name {
    font-size: 1.25rem;
    font-weight: 650;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .state {
    justify-self: start;
    font-size: 0.875rem;
    font-weight: 700;
    color: var(--ink-soft);
  }
  .state.live {
    color: var(--live-ink);
  }
  .state.ready {
    color: var(--accent);
  }
  .state.paused {
    color: var(--warn);
  }
  .code {
    font-family: var(--font-mono);
    letter-spacing: 0.06em;
  }
  .none {
    padding: var(--gap-6) var(--gap-4);
    text-align: center;
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    color: var(--ink-soft);
  }
  ubizo-sheet p {
    margin-block-end: var(--gap-4);
    overflow-wrap: anywhere;
  }
`;
