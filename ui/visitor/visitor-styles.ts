import { css } from 'lit';
import { base, buttons } from '../style/base.ts';

/** The layout of the visitor's page: a column to choose in, then captions that fill what the bars leave. */
export const visitorStyles = [
  base,
  buttons,
  css`
    main {
      min-block-size: 100dvh;
      display: flex;
      flex-direction: column;
    }
    main.listening {
      block-size: 100dvh;
    }
    .arriving-words {
      margin: auto;
      padding: var(--gap-5);
      color: var(--ink-soft);
    }
    .column {
      flex: 1;
      inline-size: 100%;
      max-inline-size: 40rem;
      margin-inline: auto;
      padding: var(--gap-5) var(--gap-4);
      display: flex;
      flex-direction: column;
      gap: var(--gap-5);
    }
    main.code .column {
      max-inline-size: 26rem;
      justify-content: center;
    }
    .column h1 {
      font-size: clamp(1.75rem, 7vw, 2.25rem);
    }
    section {
      display: grid;
      gap: var(--gap-3);
    }
    .live {
      margin-block-start: var(--gap-2);
      color: var(--live-ink);
      font-weight: 700;
    }
    .live::before,
    .dot {
      content: '';
      display: inline-block;
      inline-size: 0.625rem;
      block-size: 0.625rem;
      border-radius: 50%;
      background: currentColor;
      margin-inline-end: 0.5rem;
    }
    .sign-in {
      display: inline-flex;
      align-items: center;
      min-block-size: var(--target);
      font-weight: 600;
    }
    .foot {
      position: sticky;
      inset-block-end: 0;
      background: linear-gradient(transparent, var(--ground) 1.25rem);
      padding: var(--gap-5) var(--gap-4) calc(var(--gap-4) + env(safe-area-inset-bottom));
    }
    /* Its line is there also when it is empty: the button does not jump. */
    .foot .by-ai {
      min-block-size: 1.5rem;
      margin-block-end: var(--gap-1);
      text-align: center;
      font-size: 0.9375rem;
      color: var(--ink-soft);
    }
    .listen {
      display: flex;
      inline-size: 100%;
      max-inline-size: 38rem;
      margin-inline: auto;
      min-block-size: 72px;
      border-radius: var(--radius);
      font-size: 1.375rem;
    }
    .strip,
    footer,
    .notices,
    ubizo-caption-stream {
      inline-size: 100%;
      max-inline-size: 52rem;
      margin-inline: auto;
    }
    .strip {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 var(--gap-4);
      padding: var(--gap-3) var(--gap-4) var(--gap-2);
      border-block-end: 1px solid var(--line);
    }
    .strip h1 {
      flex: 1 0 100%;
      font-size: 1.0625rem;
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    /* Its own direction, so that the end is what gets cut off, but the page's side. */
    :host(:dir(rtl)) .strip h1 {
      text-align: right;
    }
    .strip p {
      font-size: 0.9375rem;
      color: var(--ink-soft);
    }
    .connection .dot {
      background: var(--good);
    }
    .connection.fair .dot,
    .connection.busy .dot {
      background: var(--warn);
    }
    .connection.poor .dot,
    .connection.lost .dot {
      background: var(--bad);
    }
    .connection.off .dot {
      background: var(--line-strong);
    }
    .strip .by-ai {
      margin-inline-start: auto;
    }
    @media (max-width: 339px) {
      .strip p {
        font-size: 0.8125rem;
      }
      .strip {
        column-gap: var(--gap-2);
      }
    }
    .mark {
      display: flex;
      align-items: center;
      gap: var(--gap-2);
      margin-block-end: var(--gap-5);
      font-weight: 700;
      font-size: 1.125rem;
      color: var(--accent);
    }
    .notices {
      padding-inline: var(--gap-4);
    }
    .notices > * {
      margin-block-start: var(--gap-3);
    }
    ubizo-caption-stream {
      flex: 1;
    }
    footer {
      padding: var(--gap-2) var(--gap-3) calc(var(--gap-3) + env(safe-area-inset-bottom));
      border-block-start: 1px solid var(--line);
    }
    audio {
      display: none;
    }
  `,
];
