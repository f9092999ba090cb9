import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';

/** Beside each asset the same compressed, once and well: the box need not do it for every phone that comes. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const assets = join(dir, 'assets');
    for (const name of await readdir(assets)) {
      if (!/\.(?:js|css|svg)$/.test(name)) continue;
      const bytes = await readFile(join(assets, name));
      await writeFile(join(assets, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    }
  },
};

/** In the visitor's page: which file has its words in which language, so that the box can have it fetched at once. */
const languages: Plugin = {
  name: 'languages',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {}, path }) {
      if (!path.includes('visitor')) return [];
      const files = Object.values(bundle).flatMap((file) => {
        const [, language] =
          /texts\/generated\/visitor\/([\w-]+)\.ts$/.exec(
            ('facadeModuleId' in file && file.facadeModuleId) || '',
          ) ?? [];
        return language === undefined ? [] : [[language, `/${file.fileName}`]];
      });
      const children = JSON.stringify(Object.fromEntries(files));
      return [
        { tag: 'script', attrs: { type: 'application/json', id: 'texts' }, children, injectTo: 'head' },
      ];
    },
  },
};

/** Styles without what only their readers need. */
const styles: Plugin = {
  name: 'styles',
  enforce: 'pre',
  transform: (code, id) =>
    !id.includes('/node_modules/') && id.endsWith('.ts')
      ? {
          code: code.replaceAll(/\bcss`[^`]*`/g, (style) =>
            style.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\s+/g, ' '),
          ),
          map: null,
        }
      : undefined,
};

const VISITOR = import.meta.dirname + '/ui/visitor';

/** A program of its own in one piece, with what it needs in it. */
async function bundled(entry: string, how: 'on the box' | 'in the page'): Promise<string> {
  const onTheBox = how === 'on the box';
  const result = await build({
    configFile: false,
    root: import.meta.dirname + '/ui',
    logLevel: 'warn',
    plugins: onTheBox ? [still, styles] : [],
    // No window is there to be told that the texts are loaded.
    define: onTheBox ? { 'window.dispatchEvent': 'Boolean' } : {},
    ssr: { noExternal: true },
    build: {
      write: false,
      ssr: onTheBox,
      target: onTheBox ? 'node24' : 'es2022',
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        output: { codeSplitting: false, format: onTheBox ? 'es' : 'iife' },
      },
    },
  });
  const [{ output }] = (Array.isArray(result) ? result : [result]) as [Rolldown.RolldownOutput];
  return output[0].code;
}

/** What the box draws is not what the page's program makes live: it has other names. */
const still: Plugin = {
  name: 'still',
  transform: (code, id) =>
    id.includes('/node_modules/') ? undefined : { code: code.replaceAll('ubizo-', 'still-'), map: null },
};

/** The program with which the box draws the entrance, and what the visitor's page does before its own program is there. */
const headStart: Plugin = {
  name: 'head-start',
  apply: 'build',
  async generateBundle() {
    const source = await bundled(`${VISITOR}/still/still-entrance.ts`, 'on the box');
    this.emitFile({ type: 'asset', fileName: 'still/still-entrance.js', source });
  },
  transformIndexHtml: {
    order: 'post',
    async handler(html, { bundle = {}, path }) {
      if (!path.includes('visitor')) return html;
      const children = await bundled(`${VISITOR}/still/head-start.ts`, 'in the page');
      return {
        html: html.replace(/ *<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/, (_, name: string) => {
          const style = bundle[name];
          return style?.type === 'asset' ? `<style>${String(style.source)}</style>` : '';
        }),
        tags: [{ tag: 'script', attrs: { id: 'head-start' }, children, injectTo: 'head' }],
      };
    },
  },
};

/**
 * Two pages, one set of hashed assets. The appliance serves `dist/visitor/index.html` at `/` and `/j/CODE`,
 * `dist/guide/index.html` at `/guide`, and `dist/assets/` at `/assets/`.
 */
export default defineConfig({
  root: import.meta.dirname + '/ui',
  base: '/',
  appType: 'mpa',
  plugins: [styles, compressed, languages, headStart],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // A visitor's page is weighed to the kilobyte: nothing is inlined that may never be asked for.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        visitor: import.meta.dirname + '/ui/visitor/index.html',
        guide: import.meta.dirname + '/ui/guide/index.html',
      },
    },
  },
});
