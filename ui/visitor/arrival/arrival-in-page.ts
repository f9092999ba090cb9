import { ARRIVAL_ID } from '../../../appliance/protocol/arrival-id.ts';
import type { Arrival } from '../../../appliance/protocol/arrival.ts';
import { parseArrival } from '../../link/messages.ts';

/** What the box has put into the page, once: later it may be another. Nothing when the page came without. */
export function takeArrival(): Arrival | undefined {
  const block = document.getElementById(ARRIVAL_ID);
  block?.remove();
  return parseArrival(block?.textContent);
}
