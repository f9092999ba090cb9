import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

test('every code with which a phone’s check can end is explained to who mends it', async () => {
  const codes = (await read('../ui/visitor/check/findings.ts')).match(/(?<=\| ')[A-Z]\d(?=')/g) ?? [];
  expect(codes.length).toBeGreaterThan(20);
  const [, section = ''] = (await read('../docs/troubleshooting.md')).split('#### The visitor');
  // What ends in 0 is well, all alike.
  for (const code of codes.filter((each) => !each.endsWith('0'))) expect(section).toContain(code);
});
