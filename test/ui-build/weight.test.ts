import { readFile } from 'node:fs/promises';
import { join, matchesGlob, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = join(import.meta.dirname, '../..');
const KB = 1024;

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset;

/** What the server compresses on its way out. */
const weigh = (file: Output): number => gzipSync(file.type === 'chunk' ? file.code : file.source).length;

describe('the visitor’s page', () => {
  const files = new Map<string, Output>();

  beforeAll(async () => {
    // Under `test`, Vite would take Lit's development build.
    vi.stubEnv('NODE_ENV', 'production');
    const result = await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { write: false },
    });
    const outputs = Array.isArray(result) ? result : [result];
    for (const output of outputs) {
      if ('output' in output) for (const file of output.output) files.set(file.fileName, file);
    }
  }, 60_000);

  afterAll(() => vi.unstubAllEnvs());

  function chunk(name: string): Rolldown.OutputChunk {
    const found =
      files.get(name) ?? [...files.values()].find((file) => file.type === 'chunk' && file.name === name);
    if (found?.type !== 'chunk') throw new Error(`The build made no chunk ${name}.`);
    return found;
  }

  function withImports(name: string, into = new Set<string>()): Set<string> {
    if (into.has(chunk(name).fileName)) return into;
    into.add(chunk(name).fileName);
    for (const imported of chunk(name).imports) withImports(imported, into);
    return into;
  }

  const modulesOf = (names: Set<string>): string[] =>
    [...names].flatMap((name) => chunk(name).moduleIds).map((id) => relative(root, id));

  /** What the page says in its other languages, a chunk each. */
  function translations(): Rolldown.OutputChunk[] {
    const found = [...files.values()].filter(
      (file): file is Rolldown.OutputChunk =>
        file.type === 'chunk' && /generated\/visitor\/[\w-]+\.ts$/u.test(file.facadeModuleId ?? ''),
    );
    expect(found).toHaveLength(14);
    return found;
  }

  /** Everything that the page may load at some time, but the languages. */
  function everything(): Set<string> {
    const names = new Set<string>();
    const queue = ['visitor'];
    for (const name of queue) {
      if (names.has(chunk(name).fileName)) continue;
      names.add(chunk(name).fileName);
      queue.push(...chunk(name).imports, ...chunk(name).dynamicImports);
    }
    return names;
  }

  /** The page, its style and its scripts, in English. */
  function toPlay(): Map<string, number> {
    const names = withImports('visitor');
    names.add('visitor/index.html');
    const { source } = files.get('visitor/index.html') as Rolldown.OutputAsset;
    for (const name of files.keys())
      if (name.endsWith('.css') && String(source).includes(name)) names.add(name);
    return new Map([...names].map((name) => [name, weigh(files.get(name)!)]));
  }

  it('weighs less than 58 KB, compressed, with everything it loads to play, in each of its languages', () => {
    const page = toPlay();
    const english = [...page.values()].reduce((sum, weight) => sum + weight, 0);
    const languages = translations().map((file) => [`in ${file.name}`, english + weigh(file)] as const);
    console.log(
      [...page, ['in en', english] as const, ...languages]
        .map(([name, weight]) => `${(weight / KB).toFixed(1).padStart(6)} KB  ${name}`)
        .join('\n'),
    );
    for (const [name, weight] of [['in en', english] as const, ...languages])
      expect(weight, name).toBeLessThan(58 * KB);
  });

  it('loads what the first word does not need after it: the sheet over the captions, the lock screen, the conversation', () => {
    const first = modulesOf(withImports('visitor'));
    const later = modulesOf(everything());
    for (const module of [
      'ui/elements/sheet.ts',
      'ui/visitor/listen/media-session.ts',
      'ui/visitor/conversation/conversation.ts',
      'ui/texts/generated/later/es.ts',
    ]) {
      expect(first).not.toContain(module);
      expect(later).toContain(module);
    }
  });

  it('loads the face that speaks only where it is wanted, in less than 3 KB', () => {
    const drawn = [...files.values()].filter(
      (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('visitor/face/face.ts'),
    );
    expect(drawn).toHaveLength(1);
    expect(modulesOf(withImports('visitor')).filter((module) => module.includes('/face/'))).toEqual([]);
    expect(drawn.reduce((sum, file) => sum + weigh(file), 0)).toBeLessThan(3 * KB);
  });

  it('says nothing but what the list of its texts is made from', async () => {
    const { inputFiles } = JSON.parse(await readFile(join(root, 'lit-localize.visitor.json'), 'utf8')) as {
      inputFiles: string[];
    };
    const listed = inputFiles.map((pattern) => pattern.replace('./', ''));
    const own = modulesOf(everything()).filter((module) =>
      /^ui\/(?!texts\/generated\/).*\.ts$/u.test(module),
    );
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((module) => !listed.some((pattern) => matchesGlob(module, pattern)))).toEqual([]);
  });

  it('asks for nothing outside the box', () => {
    for (const file of files.values()) {
      const text = file.type === 'chunk' ? file.code : String(file.source);
      expect(text.match(/(?:src|href)="https?:\/\/[^"]+"/gu), file.fileName).toBeNull();
    }
  });
});
