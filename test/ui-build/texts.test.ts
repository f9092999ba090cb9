import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

interface Config {
  readonly inputFiles: readonly string[];
  readonly output: object;
}

/** Writes what the sources say, in the languages of the configuration, into `xliffDir`. */
async function extract(config: string, xliffDir: string): Promise<void> {
  const { inputFiles, output, ...rest } = JSON.parse(await readFile(join(root, config), 'utf8')) as Config;
  const fresh = {
    ...rest,
    inputFiles: inputFiles.map((pattern) => join(root, pattern)),
    output: { ...output, outputDir: xliffDir, localeCodesModule: join(xliffDir, 'locale-codes.ts') },
    interchange: { format: 'xliff', xliffDir },
  };
  await mkdir(xliffDir, { recursive: true });
  const file = join(xliffDir, config);
  await writeFile(file, JSON.stringify(fresh));
  const cli = createRequire(import.meta.url).resolve('@lit/localize-tools/bin/lit-localize.js');
  await promisify(execFile)(process.execPath, [cli, 'extract', '--config', file], { cwd: root });
}

describe('the texts of the pages', () => {
  let scratch: string;

  /** What the pages say now, extracted afresh. */
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'ubizo-texts-'));
    await Promise.all([
      extract('lit-localize.json', scratch),
      extract('lit-localize.visitor.json', join(scratch, 'visitor')),
    ]);
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

  it.each(LOCALES)('of the visitor’s page alone are built into its own module for %s', async (locale) => {
    const wanted = await unitsOf(join(scratch, 'visitor', `${locale}.xlf`));
    expect(wanted.length).toBeGreaterThan(30);
    const built = (await import(`../../ui/texts/generated/visitor/${locale}.ts`)) as { templates: object };
    const all = (await import(`../../ui/texts/generated/${locale}.ts`)) as { templates: object };
    expect(Object.keys(built.templates).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    expect(all.templates).toMatchObject(built.templates);
  });
});
