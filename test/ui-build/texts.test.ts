import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTAL_TEXTS } from '../../appliance/network/portal/texts.ts';

const root = join(import.meta.dirname, '../..');
const xliff = join(root, 'ui/texts/xliff');
/** Both pages speak them, beside English. */
const EVERYWHERE = ['ar', 'de', 'es', 'fr', 'ja'] as const;
/** Visitors come from more countries than guides. */
const VISITOR_ONLY = ['ca', 'hi', 'id', 'it', 'ko', 'pt', 'ru', 'vi', 'zh-Hans'] as const;

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

/** Every text once, translated, with every placeholder. */
async function expectComplete(file: string, wanted: readonly Unit[]): Promise<void> {
  const units = await unitsOf(join(xliff, file));
  expect(units.map(({ source }) => source).toSorted()).toEqual(wanted.map(({ source }) => source).toSorted());
  for (const { source, target } of units) {
    expect(target.trim(), `“${source}” in ${file}`).not.toBe('');
    expect(placeholders(target), target).toEqual(placeholders(source));
  }
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((file) => file.endsWith('.xlf')).toSorted();

/** A module of the pages, which are not part of the tests' own program. */
const importUi = async <Module>(path: string): Promise<Module> =>
  (await import(join(root, 'ui/texts', path))) as Module;

async function builtFrom(path: string): Promise<string[]> {
  const { templates } = await importUi<{ templates: object }>(`generated/${path}.ts`);
  return Object.keys(templates).toSorted();
}

describe('the texts of the pages', () => {
  let scratch: string;

  /** What the pages say now, extracted afresh. */
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'ubizo-texts-'));
    await Promise.all([
      extract('lit-localize.json', scratch),
      extract('lit-localize.visitor.json', join(scratch, 'visitor')),
      extract('lit-localize.visitor-only.json', join(scratch, 'visitor-only')),
    ]);
  }, 60_000);

  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it('have a file of translations for each language', async () => {
    expect(await filesIn(xliff)).toEqual(EVERYWHERE.map((locale) => `${locale}.xlf`));
    expect(await filesIn(join(xliff, 'visitor-only'))).toEqual(VISITOR_ONLY.map((locale) => `${locale}.xlf`));
  });

  it('are provided to each page in all of its languages', async () => {
    const { guideTexts } = await importUi<{ guideTexts: object }>('guide-texts.ts');
    expect(Object.keys(guideTexts).toSorted()).toEqual(EVERYWHERE);
    const { visitorTexts } = await importUi<{ visitorTexts: object }>('visitor-texts.ts');
    expect(Object.keys(visitorTexts).toSorted()).toEqual([...EVERYWHERE, ...VISITOR_ONLY].toSorted());
    const { laterTexts } = await importUi<{ laterTexts: object }>('later-texts.ts');
    expect(Object.keys(laterTexts).toSorted()).toEqual(Object.keys(visitorTexts).toSorted());
  });

  it('of the visitor’s page are looked for in the same files, whatever the language', async () => {
    const [some, others] = await Promise.all(
      ['lit-localize.visitor.json', 'lit-localize.visitor-only.json'].map(
        async (config) => JSON.parse(await readFile(join(root, config), 'utf8')) as Config,
      ),
    );
    expect(others?.inputFiles).toEqual(some?.inputFiles);
  });

  it.each(EVERYWHERE)('are all translated into %s, with every placeholder', async (locale) =>
    expectComplete(`${locale}.xlf`, await unitsOf(join(scratch, `${locale}.xlf`))),
  );

  it.each(VISITOR_ONLY)('of the visitor’s page are all translated into %s too', async (locale) =>
    expectComplete(
      `visitor-only/${locale}.xlf`,
      await unitsOf(join(scratch, 'visitor-only', `${locale}.xlf`)),
    ),
  );

  it.each(EVERYWHERE)('are built into the module for %s', async (locale) => {
    const units = await unitsOf(join(xliff, `${locale}.xlf`));
    expect(await builtFrom(locale)).toEqual(units.map(({ id }) => id).toSorted());
  });

  it.each([...EVERYWHERE, ...VISITOR_ONLY])(
    'of the visitor’s page alone are built into its own modules for %s: of the first screen, and of what comes later',
    async (locale) => {
      const wanted = await unitsOf(join(scratch, 'visitor', 'es.xlf'));
      const [first, later] = [await builtFrom(`visitor/${locale}`), await builtFrom(`later/${locale}`)];
      expect(Math.min(first.length, later.length)).toBeGreaterThan(30);
      expect([...new Set([...first, ...later])].toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    },
  );

  it.each(EVERYWHERE)('are the same on both pages in %s', async (locale) => {
    const own = await importUi<{ templates: object }>(`generated/visitor/${locale}.ts`);
    const all = await importUi<{ templates: object }>(`generated/${locale}.ts`);
    const later = await importUi<{ templates: object }>(`generated/later/${locale}.ts`);
    expect(all.templates).toMatchObject({ ...own.templates, ...later.templates });
  });
});

describe('the texts of the captive portal', () => {
  it('are there in every language of the visitor’s page', () => {
    expect(Object.keys(PORTAL_TEXTS).toSorted()).toEqual(['en', ...EVERYWHERE, ...VISITOR_ONLY].toSorted());
  });

  it.each(Object.entries(PORTAL_TEXTS))('are all written in %s', (language, texts) => {
    const written = textsIn(texts);
    expect(written).toHaveLength(textsIn(PORTAL_TEXTS.en).length);
    for (const text of written) expect(text.trim()).not.toBe('');
    if (language !== 'en')
      expect(written.filter((text) => textsIn(PORTAL_TEXTS.en).includes(text))).toEqual([]);
  });
});

const textsIn = (texts: object): string[] =>
  Object.values(texts).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null ? textsIn(value) : [String(value)],
  );
