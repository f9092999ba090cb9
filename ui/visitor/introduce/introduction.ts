import type { ReactiveControllerHost } from 'lit';
import { recall, recallEntryCode, remember, rememberEntryCode } from '../memory.ts';

/** What a visitor says of themselves, as it was typed. */
export interface Who {
  readonly name: string;
  readonly entryCode: string;
}

/** Who comes: a name, if they like, and the entry code where the guide asks for one. */
export class Introduction implements Who {
  /** What the guide sees of this visitor; '' for nothing. */
  name = recall('name') ?? '';
  /** Beside the tour's code. It is asked for when the box asks. */
  entryCode = '';
  asked = false;
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
  }

  /** At the entrance of a tour: this phone may have been let in before. */
  begin(tourCode: string): void {
    this.entryCode = recallEntryCode(tourCode);
    this.ask(false);
  }

  /** Whether that is something new: the box knew them by another name, or did not let them in. */
  take({ name, entryCode }: Who): boolean {
    const changed = name !== this.name || entryCode !== this.entryCode;
    Object.assign(this, { name, entryCode });
    remember('name', name);
    return changed;
  }

  ask(asked: boolean): void {
    this.asked = asked;
    this.host.requestUpdate();
  }

  /** The box has let them in with what it was told. */
  accepted(tourCode: string, entryCode: string): void {
    if (entryCode !== '') rememberEntryCode(tourCode, entryCode);
    this.ask(false);
  }
}
