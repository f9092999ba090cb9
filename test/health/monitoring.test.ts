import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { TestBox } from '../http/test-box.ts';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../docs/monitoring/', import.meta.url));

const dashboardShape = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

let box: TestBox;
let folder: string;
let known: ReadonlySet<string>;

beforeAll(async () => {
  box = await TestBox.start();
  folder = await mkdtemp(join(tmpdir(), 'ubizo-monitoring-'));
  const text = await (await box.call('/metrics')).text();
  known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
});

afterAll(async () => {
  await box.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Names of metrics in a PromQL expression that the box does not have; a histogram's series are the histogram's. */
function unknownIn(text: string): string[] {
  const names = [...text.matchAll(/\b(?:ubizo|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
  return names.filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')));
}

async function expressions(): Promise<string[]> {
  const { panels } = dashboardShape.parse(
    JSON.parse(await readFile(join(FOLDER, 'grafana-dashboard.json'), 'utf8')),
  );
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

describe('what the project ships for monitoring', () => {
  it('has rules that Prometheus takes, and that fire where they should', async () => {
    const { stdout } = await run('promtool', ['check', 'rules', join(FOLDER, 'ubizo.rules.yml')]);
    expect(stdout).toContain('SUCCESS');
    expect((await run('promtool', ['test', 'rules', join(FOLDER, 'ubizo.rules.test.yml')])).stdout).toContain(
      'SUCCESS',
    );
  });

  it('has a dashboard whose every expression Prometheus takes', async () => {
    const all = await expressions();
    expect(all.length).toBeGreaterThan(30);
    const rules = all.map((expr, at) => ({
      record: `panel:${at}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    }));
    const path = join(folder, 'dashboard.yml');
    await writeFile(path, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    expect((await run('promtool', ['check', 'rules', path])).stdout).toContain(`${all.length} rules found`);
  });

  it('names only metrics that the running box has', async () => {
    const rules = await readFile(join(FOLDER, 'ubizo.rules.yml'), 'utf8');
    // A rule's words may name one too.
    expect(unknownIn(rules)).toEqual([]);
    expect((await expressions()).flatMap(unknownIn)).toEqual([]);
  });

  it('shows every metric of the box somewhere', async () => {
    const shown = (await expressions()).join('\n');
    const own = [...known].filter((name) => name.startsWith('ubizo_'));
    expect(own.filter((name) => !new RegExp(`\\b${name}(_bucket)?\\b`).test(shown))).toEqual([]);
  });
});
