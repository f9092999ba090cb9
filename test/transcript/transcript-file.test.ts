import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TranscriptLine } from '../../appliance/transcript/line.ts';
import { TranscriptFile } from '../../appliance/transcript/transcript-file.ts';
import { mayMount, mountDisk, unmountDisk } from '../small-disk.ts';

let folder: string;
let path: string;
let failing: boolean[];
let opened: TranscriptFile[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-transcript-'));
  path = join(folder, 'tour', 'es.jsonl');
  failing = [];
  opened = [];
});

afterEach(async () => {
  for (const file of opened) await file.close();
  unmountDisk(folder);
  await rm(folder, { recursive: true, force: true });
});

function open(): TranscriptFile {
  const file = new TranscriptFile({ path, onFailing: (is) => failing.push(is) });
  opened.push(file);
  return file;
}

const line = (n: number, text = `Frase ${n}.`): TranscriptLine => ({
  id: `es-${n}`,
  text,
  from: n * 1_000,
  to: n * 1_000 + 900,
});

const texts = async (file: TranscriptFile): Promise<string[]> => (await file.read()).map(({ text }) => text);

test('what was said is there after the box was switched off and on', async () => {
  const file = open();
  for (const n of [1, 2, 3]) file.append(line(n));
  await file.close();
  const again = open();
  again.append(line(4));
  expect(await again.read()).toEqual([line(1), line(2), line(3), line(4)]);
});

test('a line is written at once, and not only when it is read', async () => {
  open().append(line(1, 'Ni un momento más tarde.'));
  await vi.waitUntil(async () => (await readFile(path, 'utf8').catch(() => '')).includes('más tarde'));
});

test('what somebody waits for is on the disk by then, as it came', async () => {
  const file = open();
  file.append(line(1));
  const settled = file.settle();
  file.append({ ...line(2), asked: 'q' });
  await Promise.all([settled, file.settle()]);
  file.append({ ...line(3), answers: 'q' });
  await file.settle();
  const written = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(written.map((each) => JSON.parse(each) as unknown)).toEqual([
    line(1),
    { ...line(2), asked: 'q' },
    { ...line(3), answers: 'q' },
  ]);
});

test('nobody else on the machine can read what was said', async () => {
  const file = open();
  file.append(line(1));
  await file.close();
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect((await stat(dirname(path))).mode & 0o077).toBe(0);
});

describe('after a power cut', () => {
  beforeEach(async () => {
    const file = open();
    file.append(line(1));
    file.append(line(2, 'Línea con acento: ñ.'));
    await file.close();
  });

  test.each([
    ['half a line', '{"id":"es-3","text":"Fra'],
    ['half a character', Buffer.from([0x7b, 0x22, 0xc3])],
    ['zeros', Buffer.alloc(4_096)],
    ['a line that is no line', '"id"'],
  ])('%s at the end is cut off, and the next line is whole', async (_, torn) => {
    await appendFile(path, torn);
    expect(await texts(open())).toEqual(['Frase 1.', 'Línea con acento: ñ.']);
    const file = open();
    file.append(line(4));
    await file.close();
    expect(await texts(open())).toEqual(['Frase 1.', 'Línea con acento: ñ.', 'Frase 4.']);
    expect((await readFile(path)).includes(0)).toBe(false);
  });

  test('a line that only lacks its end is kept', async () => {
    await appendFile(path, JSON.stringify(line(3)));
    expect(await texts(open())).toHaveLength(3);
    const file = open();
    file.append(line(4));
    expect(await file.read()).toEqual([line(1), line(2, 'Línea con acento: ñ.'), line(3), line(4)]);
  });

  test('garbage in the middle costs no other line', async () => {
    await appendFile(path, '\0\0\0\n{"id":3}\n');
    const file = open();
    file.append(line(4));
    expect(await texts(file)).toEqual(['Frase 1.', 'Línea con acento: ñ.', 'Frase 4.']);
  });

  test('an empty file is a beginning', async () => {
    await writeFile(path, '');
    const file = open();
    file.append(line(1));
    expect(await texts(file)).toEqual(['Frase 1.']);
  });
});

test('erased is erased, and what is said afterwards is kept', async () => {
  const file = open();
  file.append(line(1));
  file.append(line(2));
  const erased = file.erase();
  file.append(line(3));
  await erased;
  expect(await texts(file)).toEqual(['Frase 3.']);
  await file.close();
  expect(await readFile(path, 'utf8')).not.toContain('Frase 1.');
});

test('old lines are forgotten, and a file without lines is gone', async () => {
  const file = open();
  for (const n of [1, 2, 3]) file.append(line(n));
  expect(await file.forgetBefore(2_000)).toBe(2);
  file.append(line(4));
  expect(await texts(file)).toEqual(['Frase 2.', 'Frase 3.', 'Frase 4.']);
  expect(await file.forgetBefore(Infinity)).toBe(0);
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  file.append(line(5));
  expect(await texts(file)).toEqual(['Frase 5.']);
});

test('reading is no reason to make a file', async () => {
  expect(await open().read()).toEqual([]);
  await expect(stat(dirname(path))).rejects.toMatchObject({ code: 'ENOENT' });
});

describe.runIf(mayMount)('on a full disk', () => {
  test('lines wait until there is room, and none is lost, doubled or torn', { timeout: 30_000 }, async () => {
    mountDisk(folder, 'size=16k,mode=700');
    const file = open();
    const long = 'palabra '.repeat(50);
    for (let n = 1; n <= 100; n++) file.append(line(n, `${n} ${long}`));
    await vi.waitUntil(() => failing.at(-1) === true);
    expect(await file.read(), 'what waits can be read').toHaveLength(100);
    file.append(line(101));
    mountDisk(folder, 'remount,size=1m');
    await vi.waitUntil(() => failing.at(-1) === false, { timeout: 20_000 });
    await file.close();
    const lines = await open().read();
    expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: 101 }, (_, i) => `es-${i + 1}`));
  });
});
