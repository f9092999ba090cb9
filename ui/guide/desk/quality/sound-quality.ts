import type { ReactiveControllerHost } from 'lit';
import type { QualityNow } from '../../../../appliance/protocol/quality-view.ts';
import type { DeskSocket } from '../desk-socket.ts';

/** How the phones hear, as the box has last told. */
export class SoundQuality {
  now: QualityNow | undefined;

  constructor(host: ReactiveControllerHost, socket: DeskSocket) {
    socket.on('quality', (event) => {
      const { type: _, ...now } = event;
      this.now = now;
      host.requestUpdate();
    });
  }

  forget(): void {
    this.now = undefined;
  }
}
