import type { AttendeeEvent, AttendeeMessage, GuideMessage } from '../../protocol/events.ts';
import type { GuideEvent } from '../../protocol/guide-events.ts';
import type { Tour } from '../../tour/tour.ts';

/** A visitor's page, as it is open now. */
export interface AttendeePage {
  readonly tour: Tour;
  readonly attendee: string;
  /** What they hear and read; it may change at any moment. */
  readonly language: () => string;
  /** `name`: the next event of that name takes its place, if it has not been sent yet. */
  readonly send: (event: AttendeeEvent, name?: string) => void;
  /** The same of an event as JSON, or of what makes it when its turn has come. */
  readonly post: (text: string | (() => string), name?: string) => void;
}

/** A guide's desk, as it is open now. */
export interface DeskPage {
  readonly tour: Tour;
  readonly send: (event: GuideEvent, name?: string) => void;
}

/** One page's part of a conversation. */
export interface OpenSide<Message> {
  /** Tells all that there is: the page was given its tour anew, or reads another language. */
  show(): void;
  /** @returns whether it was for this side. @throws UbizoError what the page is told. */
  take(message: Message): boolean;
  /** The page has closed. */
  close(): void;
}

/**
 * What goes with a tour from outside and talks with its pages: questions, chat, who has the floor, calls. The desks know
 * none of them.
 */
export interface AttendeeSide {
  open(page: AttendeePage): OpenSide<AttendeeMessage>;
}
export interface DeskSide {
  open(page: DeskPage): OpenSide<GuideMessage>;
}

/** All of one page's, as one. */
export function together<Page, Message>(
  sides: readonly { open(page: Page): OpenSide<Message> }[],
  page: Page,
): OpenSide<Message> {
  const open = sides.map((side) => side.open(page));
  return {
    show: () => open.forEach((each) => each.show()),
    take: (message) => open.some((each) => each.take(message)),
    close: () => open.forEach((each) => each.close()),
  };
}
