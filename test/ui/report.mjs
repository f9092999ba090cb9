import { writeFile } from 'node:fs/promises';

/** A reporter for web-test-runner: each test and its seconds, as JSON, where `npm test` asks for it. */
export function timesReporter() {
  const file = process.env.UBIZO_TEST_REPORT;
  const named = (suite, above) => {
    const name = [above, suite.name].filter(Boolean).join(' ');
    return [
      ...suite.tests.map((test) => ({ name: `${name} ${test.name}`, seconds: (test.duration ?? 0) / 1_000 })),
      ...suite.suites.flatMap((inner) => named(inner, name)),
    ];
  };
  return {
    async onTestRunFinished({ sessions }) {
      if (!file) return;
      const suites = sessions.flatMap(({ testResults }) => (testResults ? [testResults] : []));
      await writeFile(file, JSON.stringify(suites.flatMap((suite) => named(suite, ''))));
    },
  };
}
