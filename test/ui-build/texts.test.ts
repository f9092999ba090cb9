import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const xliff = join(root, 'ui/texts/xliff');
const LOCALES = ['ar', 'de', 'es', 'fr', 'ja'] as const;

interface Unit {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

async function unitsOf(file: string): Promise<Unit[]> {
  const text = await readFile(file, 'utf8');
  const units = text.matchAll(
    /<trans-unit id="([^"]+)">\s*<source>([\s\S]*?)<\/source>(?:\s*<target>([\s\S]*?)<\/target>)?/gu,
  );
  return [...units].map(([, id = '', source = '', target = '']) => ({ id, source, target }));
}

const placeholders = (text: string): string[] => (text.match(/<x id="\d+"/gu) ?? []).toSorted();

describe('the texts of the pages', () => {
  let scratch: string;

  /** What the pages say now, extracted afresh. */
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'ubizo-texts-'));
    const config = JSON.parse(await readFile(join(root, 'lit-localize.json'), 'utf8')) as Record<
      string,
      object
    >;
    const fresh = {
      ...config,
      inputFiles: [join(root, 'ui/**/*.ts')],
      output: {
        ...config['output'],
        outputDir: scratch,
        localeCodesModule: join(scratch, 'locale-codes.ts'),
      },
      interchange: { format: 'xliff', xliffDir: scratch },
    };
    const file = join(scratch, 'lit-localize.json');
    await writeFile(file, JSON.stringify(fresh));
    const cli = createRequire(import.meta.url).resolve('@lit/localize-tools/bin/lit-localize.js');
    await promisify(execFile)(process.execPath, [cli, 'extract', '--config', file], { cwd: root });
  }, 60_000);

  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it('have a file of translations for each language', async () => {
    const files = await readdir(xliff);
    expect(files.toSorted()).toEqual(LOCALES.map((locale) => `${locale}.xlf`));
  });

  it.each(LOCALES)('are all translated into %s, with every placeholder', async (locale) => {
    const units = await unitsOf(join(xliff, `${locale}.xlf`));
    const wanted = await unitsOf(join(scratch, `${locale}.xlf`));
    expect(units.map(({ source }) => source).toSorted()).toEqual(
      wanted.map(({ source }) => source).toSorted(),
    );
    for (const { source, target } of units) {
      expect(target.trim(), `“${source}” in ${locale}`).not.toBe('');
      expect(placeholders(target), target).toEqual(placeholders(source));
    }
  });

  it.each(LOCALES)('are built into the module for %s', async (locale) => {
    const units = await unitsOf(join(xliff, `${locale}.xlf`));
    const built = (await import(`../../ui/texts/generated/${locale}.ts`)) as { templates: object };
    expect(Object.keys(built.templates).toSorted()).toEqual(units.map(({ id }) => id).toSorted());
  });
});
