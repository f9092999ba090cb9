import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

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

/**
 * Two pages, one set of hashed assets. The appliance serves `dist/visitor/index.html` at `/` and `/j/CODE`,
 * `dist/guide/index.html` at `/guide`, and `dist/assets/` at `/assets/`.
 */
export default defineConfig({
  root: import.meta.dirname + '/ui',
  base: '/',
  appType: 'mpa',
  plugins: [compressed, languages],
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
