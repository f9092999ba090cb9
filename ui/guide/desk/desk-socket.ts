import type { GuideMessage } from '../../../appliance/protocol/events.ts';
import type { GuideEvent } from '../../../appliance/protocol/guide-events.ts';
import type { EventsSocket } from '../../link/events-socket.ts';

/** What the box tells the guide of a tour, and what they tell it. */
export type DeskSocket = EventsSocket<GuideEvent, GuideMessage>;
