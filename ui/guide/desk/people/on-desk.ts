import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { removeAttendee } from '../../../link/api/tours.ts';
import type { DeskPanel } from '../desk-panel.ts';
import '../unknown-panel.ts';
import './people-panel.ts';

/** Who is removed disappears from the list when the box says so. */
export const peoplePanel: DeskPanel = ({ calls, socket }, tour) => {
  if (tour.state === 'ended') return nothing;
  return socket.lost
    ? html`<ubizo-unknown-panel .heading=${msg('Visitors')}></ubizo-unknown-panel>`
    : html`<ubizo-people-panel
        .tour=${tour}
        ?busy=${calls.busy}
        .removing=${calls.asked?.removal}
        @attendee-removal=${({ detail }: CustomEvent<string>) =>
          void calls.ask((id) => removeAttendee(id, detail), { removal: detail })}
      ></ubizo-people-panel>`;
};
