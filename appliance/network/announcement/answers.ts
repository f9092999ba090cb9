import { type AnnouncedRecord, HOST_TTL, type HeardRecord, identityOf, sameName } from './records.ts';

/** What somebody wants to know; `type` by its name, `ANY` for all of them. */
export interface Question {
  readonly name: string;
  readonly type: string;
  /** An answer to the asker alone is enough (RFC 6762, 5.4). */
  readonly unicast: boolean;
}

export interface Answers {
  readonly answers: readonly AnnouncedRecord[];
  readonly additionals: readonly AnnouncedRecord[];
}

/** RFC 4034, 4.1.2, wants them in the order of their numbers. */
const TYPES = ['A', 'PTR', 'TXT', 'AAAA', 'SRV'] as const;

/**
 * What there is to say to a question (RFC 6762, 6): the records; for a name of the box's own without such a record,
 * that there is none (6.1); nothing for a name that others may have too, or that is none of ours. With it comes what
 * would be asked next (6.2).
 * @param known what the asker has heard already (7.1).
 */
export function answersTo(
  { name, type }: Pick<Question, 'name' | 'type'>,
  records: readonly AnnouncedRecord[],
  known: readonly HeardRecord[] = [],
): Answers {
  const named = records.filter((record) => sameName(record.name, name));
  const matching = named.filter((record) => type === 'ANY' || record.type === type);
  const nothing = matching.length === 0 && named.some(({ flush }) => flush);
  const found = nothing ? [absence(named)] : matching;
  const answers = found.filter((record) => !isKnown(record, known));
  return { answers, additionals: answers.length === 0 ? [] : additionalsTo(answers, records) };
}

/** “Only these types, no others” (RFC 6762, 6.1). */
function absence(named: readonly AnnouncedRecord[]): AnnouncedRecord {
  const [{ name } = { name: '' }] = named;
  const rrtypes = TYPES.filter((type) => named.some((record) => record.type === type));
  return { name, type: 'NSEC', ttl: HOST_TTL, flush: true, data: { nextDomain: name, rrtypes } };
}

function additionalsTo(
  answers: readonly AnnouncedRecord[],
  records: readonly AnnouncedRecord[],
): AnnouncedRecord[] {
  const found: AnnouncedRecord[] = [];
  const named = (name: string): AnnouncedRecord[] => records.filter((record) => sameName(record.name, name));
  const add = (more: readonly AnnouncedRecord[]): void => {
    for (const record of more)
      if (![...answers, ...found].some((other) => identityOf(other) === identityOf(record)))
        found.push(record);
  };
  for (const answer of answers)
    if (answer.type === 'PTR') add(named(answer.data).filter(({ flush }) => flush));
  for (const record of [...answers, ...found]) if (record.type === 'SRV') add(named(record.data.target));
  // Of the two kinds of addresses the box has one on each network; that the other is none is news too (6.2).
  for (const record of [...answers, ...found])
    if (record.type === 'A' || record.type === 'AAAA') add([absence(named(record.name))]);
  return found;
}

/** Nor is a record said again whose lifetime, as the asker has it, is at least half over (RFC 6762, 7.1). */
function isKnown(record: AnnouncedRecord, known: readonly HeardRecord[]): boolean {
  return known.some(
    (heard) => (heard.ttl ?? 0) >= record.ttl / 2 && identityOf(heard) === identityOf(record),
  );
}
