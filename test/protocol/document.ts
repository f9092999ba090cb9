import { readFileSync } from 'node:fs';

const TEXT = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** `## Title`, `### Title`, or a paragraph that begins with **a call in bold**. */
const HEADING = /^#{2,3} (.+)$|^\*\*(`[^*]+)\*\*/;

export interface Example {
  /** Under which it stands, and in which place there. */
  readonly heading: string;
  readonly text: string;
}

function readExamples(): Example[] {
  const found: Example[] = [];
  let heading = '';
  let block: string[] | undefined;
  for (const line of TEXT.split('\n')) {
    if (line.startsWith('```')) {
      if (block) found.push({ heading, text: block.join('\n') });
      block = block ? undefined : [];
    } else if (block) block.push(line);
    else {
      const [, title, bold] = HEADING.exec(line) ?? [];
      heading = title ?? bold ?? heading;
    }
  }
  return found;
}

const EXAMPLES = readExamples();

/** All examples of the page, in order. */
export function allExamples(): readonly Example[] {
  return EXAMPLES;
}

/** The text of the `place`th example whose heading has `heading` in it. @throws where there is none. */
export function example(heading: string, place = 0): string {
  const found = EXAMPLES.filter((each) => each.heading.includes(heading))[place];
  if (!found) throw new Error(`docs/protocol.md has no example ${place} under ${heading}.`);
  return found.text;
}

/** What the table of errors says, by code. */
export function errorTable(): ReadonlyMap<string, number> {
  const rows = TEXT.matchAll(/^\| (\d{3}) +\| ((?:`\w+`(?:, )?)+)/gm);
  return new Map(
    [...rows].flatMap(([, status = '', codes = '']) =>
      [...codes.matchAll(/\w+/g)].map(([code]) => [code, Number(status)] as const),
    ),
  );
}

const MONITORING = readFileSync(new URL('../../docs/monitoring.md', import.meta.url), 'utf8');

/** The names of the box's own metrics that docs/monitoring.md tells of. */
export function namedMetrics(): readonly string[] {
  const rows = MONITORING.matchAll(/^\| `(ubizo_[a-z0-9_]+)`/gm);
  return [...new Set([...rows].map(([, name = '']) => name))].toSorted();
}
