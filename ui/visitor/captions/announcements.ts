import type { ReactiveControllerHost } from 'lit';
import { recall, remember } from '../memory.ts';

/** Whether new lines are announced to a screen reader or a braille display, remembered on this phone. */
export class Announcements {
  on = recall('announce') === 'yes';
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
  }

  switch(on: boolean): void {
    this.on = on;
    remember('announce', on ? 'yes' : 'no');
    this.host.requestUpdate();
  }
}
