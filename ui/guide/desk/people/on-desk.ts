import { html, nothing } from 'lit';
import { removeAttendee } from '../../../link/api/tours.ts';
import type { DeskPanel } from '../desk-panel.ts';
import './people-panel.ts';

/** Who is removed disappears from the list when the box says so. */
export const peoplePanel: DeskPanel = ({ calls }, tour) =>
  tour.state === 'ended'
    ? nothing
    : html`<ubizo-people-panel
        .tour=${tour}
        ?busy=${calls.busy}
        @attendee-removal=${({ detail }: CustomEvent<string>) =>
          void calls.ask((id) => removeAttendee(id, detail))}
      ></ubizo-people-panel>`;
