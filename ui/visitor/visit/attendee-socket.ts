import type { AttendeeEvent, AttendeeMessage } from '../../../appliance/protocol/events.ts';
import type { EventsSocket } from '../../link/events-socket.ts';

/** What the box tells a visitor, and what they tell it. */
export type AttendeeSocket = EventsSocket<AttendeeEvent, AttendeeMessage>;
