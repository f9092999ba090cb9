import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { TranscriptFolder } from '../../appliance/transcript/transcript-folder.ts';

let scratch: string;
let directory: string;
let now: number;
let folder: TranscriptFolder;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'ubizo-transcripts-'));
  directory = join(scratch, 'transcripts');
  now = 10_000;
  folder = new TranscriptFolder({ directory, now: () => now, log: silentLog() });
});

afterEach(async () => {
  await folder.stop();
  await rm(scratch, { recursive: true, force: true });
});

function say(
  text: string,
  { tour = 't', language = 'es', id = text, final = true, skipped = false } = {},
): void {
  folder.record(tour, { language, id, text, final, at: 0, ...(skipped && { skipped }) });
}

test('a caption is written down once it is final, with its beginning and its end', async () => {
  say('Bien', { id: '1', final: false });
  now += 500;
  say('Bienvenidos', { id: '1', final: false });
  now += 500;
  say('Bienvenidos.', { id: '1' });
  say('Sin borrador.', { id: '2' });
  expect(await folder.read('t', 'es')).toEqual([
    { id: '1', text: 'Bienvenidos.', from: 10_000, to: 11_000 },
    { id: '2', text: 'Sin borrador.', from: 11_000, to: 11_000 },
  ]);
});

test('a caption that is marked later as not heard stays, once', async () => {
  say('Hola.');
  say('Adiós.');
  say('Hola.', { skipped: true });
  expect((await folder.read('t', 'es')).map(({ text }) => text)).toEqual(['Hola.', 'Adiós.']);
});

test('each tour and each language has its own', async () => {
  say('Hola.');
  say('Welcome.', { language: 'en' });
  say('Bonjour.', { tour: 'other', language: 'fr' });
  await folder.stop();
  expect((await folder.languages('t')).toSorted()).toEqual(['en', 'es']);
  expect((await folder.tours()).toSorted()).toEqual(['other', 't']);
  expect(await folder.read('t', 'fr')).toEqual([]);
});

test('after a restart the last lines are the captions that they were', async () => {
  for (let n = 1; n <= 50; n++) say(`Frase ${n}.`);
  say('Sentence 1.', { language: 'en' });
  await folder.stop();
  const again = new TranscriptFolder({ directory, now: () => now, log: silentLog() });
  const lines = await again.recent('t', 40);
  expect(lines.filter(({ language }) => language === 'es').map(({ text }) => text)).toEqual(
    Array.from({ length: 40 }, (_, i) => `Frase ${i + 11}.`),
  );
  expect(lines.find(({ language }) => language === 'en')).toEqual({
    language: 'en',
    id: 'Sentence 1.',
    text: 'Sentence 1.',
    final: true,
    at: 10_000,
  });
});

test('erased, nothing of a tour is left, and others are as they were', async () => {
  say('Hola.');
  say('Welcome.', { language: 'en' });
  say('Bonjour.', { tour: 'other', language: 'fr' });
  await folder.stop();
  await folder.erase('t');
  expect(await folder.languages('t')).toEqual([]);
  expect(await folder.read('t', 'es')).toEqual([]);
  expect(await readdir(directory)).toEqual(['other']);
  expect(await folder.read('other', 'fr')).toHaveLength(1);
});

test.each([
  ['..', 'es'],
  ['../t', 'es'],
  ['t', '../../t/es'],
  ['t', '..'],
  ['', 'es'],
  ['t', 'es/../es'],
])('no name leads out of its folder: %s, %s', async (tour, language) => {
  await mkdir(join(directory, 't'), { recursive: true });
  const secret = '{"id":"1","text":"x","from":1,"to":1}\n';
  for (const path of ['es.jsonl', '../es.jsonl', 't/es.jsonl'])
    await writeFile(join(directory, path), secret);
  expect(await folder.read(tour, language)).toEqual([]);
  if (tour !== 't') expect(await folder.languages(tour)).toEqual([]);
});

test('what else lies in the folder is no transcript', async () => {
  say('Hola.');
  await folder.stop();
  await writeFile(join(directory, 't', 'es.jsonl.new'), 'x');
  await writeFile(join(directory, 't', 'notes.txt'), 'x');
  expect(await folder.languages('t')).toEqual(['es']);
  await folder.erase('t');
  expect(await readdir(join(directory, 't')), 'somebody else’s file stays').toContain('notes.txt');
});
