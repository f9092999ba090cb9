import { defineConfig } from 'vite';

/**
 * Two pages, one set of hashed assets. The appliance serves `dist/visitor/index.html` at `/` and `/j/CODE`,
 * `dist/guide/index.html` at `/guide`, and `dist/assets/` at `/assets/`.
 */
export default defineConfig({
  root: import.meta.dirname + '/ui',
  base: '/',
  appType: 'mpa',
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
