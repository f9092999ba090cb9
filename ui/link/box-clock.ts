/**
 * The box's clock, by which it says when something ends. A box without the Internet may be months off; every answer says
 * what time it is there (`Date`; RFC 9110, 6.6.1), to the second.
 */
let aheadMs = 0;

export function learnBoxTime(date: string | null): void {
  const told = Date.parse(date ?? '');
  // Cut to the second: on average half of one has passed.
  if (!Number.isNaN(told)) aheadMs = told + 500 - Date.now();
}

/** Ms since the epoch. Within a second of the box's own, once it has answered anything. */
export const boxNow = (): number => Date.now() + aheadMs;
