import { guideEvent, type GuideEvent } from '../../appliance/protocol/guide-events.ts';
import { parseEvent } from './messages.ts';

/** As {@link parseEvent}, of the desk's socket: visitors' pages do without. */
export const parseGuideEvent = (frame: unknown): GuideEvent | undefined => parseEvent(guideEvent, frame);
