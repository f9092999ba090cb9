import { css } from 'lit';
import { base } from '../style/base.ts';

/** The layout of the visitor's page: one screen at a time; captions fill what the bars leave. */
export const visitorStyles = [
  base,
  css`
    main {
      min-block-size: 100dvh;
      display: flex;
      flex-direction: column;
    }
    main.listening {
      block-size: 100dvh;
      overflow-y: auto;
    }
    .arriving-words {
      margin: auto;
      padding: var(--gap-5);
      color: var(--ink-soft);
    }
    .beside {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
    }
    .beside > ubizo-check-door {
      margin-inline-start: auto;
    }
    ubizo-tour-strip,
    .beside,
    footer,
    ubizo-listen-notices,
    ubizo-pinned-message,
    ubizo-sound-advice,
    ubizo-caption-stream {
      inline-size: 100%;
      max-inline-size: 52rem;
      margin-inline: auto;
    }
    ubizo-listen-notices,
    ubizo-pinned-message,
    .late {
      padding-inline: var(--gap-4);
    }
    /* With large letters the bars may need the whole screen: then the page scrolls, and the bar stays in reach. */
    ubizo-caption-stream {
      flex: 1 0 0;
      min-block-size: min(12rem, 50dvh);
    }
    /* What has not come yet; what could not be fetched is shown plainly. */
    ubizo-sheet:not(:defined) {
      display: none;
    }
    ubizo-sheet.late:not(:defined) {
      display: block;
      overflow: auto;
    }
    footer {
      position: sticky;
      inset-block-end: 0;
      background: var(--ground);
      padding: var(--gap-2) var(--gap-3) calc(var(--gap-3) + env(safe-area-inset-bottom));
      border-block-start: 1px solid var(--line);
    }
    /* Room for what comes later: nothing moves under the thumb. */
    .talk {
      min-block-size: 112px;
    }
    @media (min-width: 40rem) {
      .talk {
        min-block-size: 56px;
      }
    }
    audio {
      display: none;
    }
  `,
];
