import { css } from 'lit';

export const joinCardStyles = css`
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-4);
  }
  .ways ubizo-qr-code {
    flex: 0 0 148px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
  }
  .ways .words {
    flex: 1 1 10rem;
    min-inline-size: 0;
  }
  .code {
    font: 800 min(2.125rem, 14vw) / 1.2 var(--font-mono);
    letter-spacing: 0.08em;
  }
  .words a,
  .link {
    overflow-wrap: anywhere;
  }
  .path {
    white-space: nowrap;
  }
  .words a {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--target);
    font-size: 0.9375rem;
  }
  .entry {
    overflow-wrap: anywhere;
  }
  dialog {
    border: 0;
    margin: 0;
    padding: 0;
    inline-size: 100vw;
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    background: #fff;
    color: #000;
  }
  .full {
    min-block-size: 100%;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--gap-4) var(--gap-6);
    padding: var(--gap-4);
  }
  .full .tour {
    inline-size: min(100dvh - 2 * var(--gap-4), 62vw);
  }
  @media (orientation: portrait) {
    .full .tour {
      inline-size: min(100vw - 2 * var(--gap-4), 100dvh - 20rem);
    }
  }
  .full .scan {
    font-size: 1.5rem;
    font-weight: 700;
  }
  .full .name {
    font-size: 1.125rem;
    overflow-wrap: anywhere;
  }
  figure {
    display: grid;
    gap: var(--gap-2);
    justify-items: center;
    margin: 0;
  }
  figure ubizo-qr-code {
    inline-size: 9rem;
  }
  .full .words {
    text-align: center;
    display: grid;
    gap: var(--gap-3);
    justify-items: center;
  }
  .full .code {
    font-size: clamp(2rem, 8vw, 3.5rem);
  }
  .full .link {
    font-size: 1.25rem;
  }
  .full button {
    color: #000;
    background: #fff;
  }
  .full button:focus-visible {
    outline-color: #000;
  }
`;
