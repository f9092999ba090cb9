import { glob, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = [];

beforeAll(async () => {
  for await (const path of glob(['appliance/**/*.ts', 'ui/**/*.ts'], { cwd: ROOT })) {
    if (path.startsWith('ui/dist')) continue;
    const text = await readFile(join(ROOT, path), 'utf8');
    for (const [, to = ''] of text.matchAll(
      /^(?:import|export)\b[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm,
    )) {
      imports.push({
        from: path,
        to: to.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), to)) : to,
      });
    }
  }
});

const domainOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('appliance/') ? 2 : 1)
    .join('/');

/** `from` imports something of `to`, other than types that it needs none of at run time. */
const crossings = (from: string, ...forbidden: string[]): string[] =>
  imports
    .filter((each) => domainOf(each.from) === from && forbidden.includes(domainOf(each.to)))
    .map((each) => `${each.from} → ${each.to}`);

const A = (...names: string[]): string[] => names.map((name) => `appliance/${name}`);

/** The composition root: the list of the parts, and where each is put together. None is in a domain's folder. */
const isRoot = (file: string): boolean => /^appliance\/(assembly\/)?[^/]+\.ts$/.test(file);

/** Ways along the imports from a file back to itself, each told once. */
function circles(): string[] {
  const next = Map.groupBy(imports, ({ from }) => from);
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.add([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return [...found];
}

describe('the boundaries', () => {
  it('hold no circle of files that import each other, not even for their types', () => {
    expect(circles()).toEqual([]);
  });

  it('let the pages see nothing of the appliance but its protocol', () => {
    const seen = imports.filter(({ from, to }) => from.startsWith('ui/') && to.startsWith('appliance/'));
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.filter(({ to }) => !to.startsWith('appliance/protocol/'))).toEqual([]);
  });

  it('keep the protocol free of Node and of everything else', () => {
    const own = imports.filter(({ from }) => from.startsWith('appliance/protocol/'));
    expect(own.filter(({ to }) => to !== 'zod/mini' && !to.startsWith('appliance/protocol/'))).toEqual([]);
  });

  it('let sound flow one way: microphone, interpreter, channel, listener', () => {
    expect(
      crossings('appliance/microphone', ...A('interpreter', 'channel', 'listener', 'tour', 'http')),
    ).toEqual([]);
    expect(crossings('appliance/interpreter', ...A('channel', 'listener', 'tour', 'http'))).toEqual([]);
    expect(crossings('appliance/channel', ...A('interpreter', 'listener', 'tour', 'http'))).toEqual([]);
    expect(crossings('appliance/listener', ...A('microphone', 'interpreter', 'tour', 'http'))).toEqual([]);
  });

  it('let only the composition root make parts of other domains', async () => {
    const made: string[] = [];
    for (const { from, to } of imports) {
      if (!to.startsWith('appliance/') || isRoot(from)) continue;
      // Errors are the protocol's, and a connection is what a listener and a phone are made of.
      const shared = [domainOf(from), ...A('protocol', 'peer')];
      if (shared.includes(domainOf(to))) continue;
      const classes = [...(await readFile(join(ROOT, to), 'utf8')).matchAll(/^export class (\w+)/gm)];
      const text = await readFile(join(ROOT, from), 'utf8');
      for (const [, name = ''] of classes)
        if (new RegExp(`\\bnew ${name}\\b`).test(text)) made.push(`${from} makes ${name}`);
    }
    expect(made).toEqual([]);
  });

  it('let control flow one way: HTTP, tour, the rest', () => {
    expect(crossings('appliance/tour', ...A('http', 'listener', 'account', 'storage', 'peer'))).toEqual([]);
    const intoHttp = imports.filter(
      ({ from, to }) => to.startsWith('appliance/http/') && !from.startsWith('appliance/http/'),
    );
    expect(intoHttp.map(({ from }) => from).filter((from) => !isRoot(from))).toEqual([]);
  });
});
