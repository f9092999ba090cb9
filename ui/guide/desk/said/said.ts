import type { ReactiveControllerHost } from 'lit';
import type { CaptionLine } from '../../../../appliance/protocol/views.ts';
import { withCaption, withSnapshot } from '../../../captions/caption-log.ts';
import type { DeskSocket } from '../desk-socket.ts';

/** What was just said, in every language. */
export class Said {
  /** By language; another map after each change, so that Lit sees it. */
  captions: ReadonlyMap<string, readonly CaptionLine[]> = new Map();
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost, socket: DeskSocket) {
    this.host = host;
    socket.on('tour', ({ captions }) => this.keepAll(captions));
    socket.on('caption', (event) => this.keep(event.language, withCaption(this.in(event.language), event)));
  }

  in(language: string): readonly CaptionLine[] {
    return this.captions.get(language) ?? [];
  }

  clear(): void {
    this.captions = new Map();
    this.host.requestUpdate();
  }

  private keep(language: string, lines: readonly CaptionLine[]): void {
    this.captions = new Map(this.captions).set(language, lines);
    this.host.requestUpdate();
  }

  private keepAll(lines: readonly CaptionLine[]): void {
    for (const language of new Set(lines.map((line) => line.language))) {
      const own = lines.filter((line) => line.language === language);
      this.keep(language, withSnapshot(this.in(language), own));
    }
  }
}
