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
    for (const [, ...named] of text.matchAll(
      /^(?:import|export)\b[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
    )) {
      const to = named.find(Boolean) ?? '';
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

/**
 * The two flows as an order of domains. An import goes down, to a layer further below, and never up or sideways: sound
 * knows nothing of who listens, a tour nothing of who asks, and the storage nothing of what is kept in it. A companion
 * of the tours (docs/architecture.md) belongs between them and HTTP.
 */
const LAYERS: readonly (readonly string[])[] = [
  ['http'],
  ['transcript', 'pace', 'quality', 'sound-check', 'question', 'chat', 'talkback', 'announcer'],
  ['tour', 'listener', 'stream', 'account', 'certificate', 'health'],
  ['shard'],
  ['channel', 'interpreter', 'microphone', 'device', 'network', 'ice'],
  ['translator', 'speaker'],
  ['program', 'openai'],
  ['floor', 'peer', 'clock', 'storage', 'breaker'],
  ['protocol', 'settings'],
];

/** 0: the highest. The log is for everybody, and below all. */
function layerOf(file: string): number | undefined {
  if (file === 'appliance/log.ts') return LAYERS.length;
  const at = LAYERS.findIndex((layer) => A(...layer).includes(domainOf(file)));
  return at < 0 ? undefined : at;
}

/** What is wrong with an import between two files of the appliance, if anything is. */
function against({ from, to }: Import): string | undefined {
  if (domainOf(from) === domainOf(to)) return undefined;
  const [above, below] = [layerOf(from), layerOf(to)];
  if (above === undefined) return `${from} is of no layer`;
  return below !== undefined && below > above ? undefined : `${from} → ${to}`;
}

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

  it('let an import between domains go down the layers only, but for the composition root’s', () => {
    const own = imports.filter(({ from, to }) => [from, to].every((file) => file.startsWith('appliance/')));
    expect(own.filter(({ from }) => !isRoot(from)).flatMap((each) => against(each) ?? [])).toEqual([]);
    // Upwards, sideways, into the root, and from a folder that nobody has given a place.
    for (const [from, to] of [
      ['tour/tour', 'transcript/line'],
      ['storage/state', 'tour/record'],
      ['tour/tour', 'listener/listener'],
      ['tour/tour', 'assembly/part'],
      ['tour/tour', 'settings'],
      ['novelty/novelty', 'protocol/views'],
    ].map((pair) => pair.map((name) => `appliance/${name}.ts`)))
      expect(against({ from: from ?? '', to: to ?? '' }), `${from} → ${to}`).toBeDefined();
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
      // Errors are the protocol's, a connection is what a listener and a phone are made of; programs, voices, filters of
      // sound and a service's answers are what engines are made of.
      const shared = [domainOf(from), ...A('protocol', 'peer', 'program', 'openai', 'speaker', 'floor')];
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
