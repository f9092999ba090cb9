import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { fileURLToPath } from 'node:url';
import { timesReporter } from './test/ui/report.mjs';

/** Component tests, in real Chromium: `npx wtr`. They need no box; test/ui/fake-box/ plays it inside the page. */
export default {
  files: 'test/ui/**/*.test.ts',
  nodeResolve: true,
  // A page in the background draws no frames, and what waits for one would wait for ever.
  concurrency: 1,
  testsFinishTimeout: 120_000,
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
        args: [
          '--no-sandbox',
          '--headless',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--autoplay-policy=no-user-gesture-required',
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          // Both ends of a test's WebRTC connection live in one page, on a machine that may have no network at all.
          '--allow-loopback-in-peer-connection',
          '--disable-features=WebRtcHideLocalIpsWithMdns',
        ],
      },
    }),
  ],
  plugins: [
    {
      // What opus-decoder takes for Node's sake, and no ES module: in a page it is the page's own.
      name: 'web-worker',
      serve: ({ path }) =>
        path.includes('/@eshaz/web-worker/') ? { body: 'export default Worker;', type: 'js' } : undefined,
    },
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('ui/tsconfig.json', import.meta.url)),
    }),
  ],
  reporters: [defaultReporter(), timesReporter()],
  testFramework: { config: { timeout: 30_000 } },
  testRunnerHtml: (testFramework) => `<!doctype html>
    <html lang="en">
      <head>
        <title>Component test</title>
        <link rel="stylesheet" href="/ui/style/tokens.css" />
      </head>
      <body><script type="module" src="${testFramework}"></script></body>
    </html>`,
};
