import { expect, test } from 'vitest';
import { FORMATS } from '../../appliance/transcript/formats.ts';
import type { TranscriptLine } from '../../appliance/transcript/line.ts';

const ZERO = Date.UTC(2026, 5, 1, 10);

const line = (fromS: number, toS: number, text: string): TranscriptLine => ({
  id: text,
  text,
  from: ZERO + fromS * 1_000,
  to: ZERO + toS * 1_000,
});

const TALK = [
  line(0, 2.5, 'Bienvenidos.'),
  line(2.25, 2.5, 'Esta es la plaza, y no hay otra.'),
  line(10, 10.1, 'De golpe:'),
  line(10.1, 10.2, 'todo.'),
  line(3_725.004, 3_725.1, 'Y aquí\n\nel puerto.'),
];
const options = { zero: ZERO, title: 'Casco antiguo · Español' };

test('SubRip: numbered cues, each for as long as it takes to read it or until the next', () => {
  expect(FORMATS.srt.write(TALK, options)).toBe(`1
00:00:00,000 --> 00:00:02,250
Bienvenidos.

2
00:00:02,250 --> 00:00:04,170
Esta es la plaza, y no hay otra.

3
00:00:10,000 --> 00:00:11,000
De golpe:

4
00:00:10,100 --> 00:00:11,100
todo.

5
01:02:05,004 --> 01:02:06,024
Y aquí el puerto.

`);
});

test('WebVTT: what stands for markup there is escaped', () => {
  expect(FORMATS.vtt.write([line(0, 2, 'A & B <c> --> d')], { zero: ZERO, title: 'Tom & Ana -->\nx' }))
    .toBe(`WEBVTT Tom & Ana → x

00:00:00.000 --> 00:00:02.000
A &amp; B &lt;c&gt; --&gt; d

`);
});

test('an arrow in what was said is no cue in SubRip', () => {
  expect(FORMATS.srt.write([line(0, 2, '1 --> 2')], options)).toContain('1 → 2');
});

test('text: a line for each sentence, and a paragraph after a silence', () => {
  expect(FORMATS.txt.write(TALK, options)).toBe(`Casco antiguo · Español

Bienvenidos.
Esta es la plaza, y no hay otra.
De golpe:
todo.

Y aquí el puerto.
`);
});

test('a tour of days has hours beyond 24, and nothing is before its beginning', () => {
  const late = [line(-5, -3, 'before'), line(100 * 3_600, 100 * 3_600 + 2, 'late')];
  const srt = FORMATS.srt.write(late, options);
  expect(srt).toContain('100:00:00,000 --> 100:00:02,000');
  expect(srt).toContain('00:00:00,000 --> 00:00:01,000');
});

test('a question and where its answer begins are marked, and stand together', () => {
  const talk: TranscriptLine[] = [
    line(0, 1, 'Bienvenidos.'),
    { ...line(2, 2, '¿Quién la hizo?'), asked: 'q' },
    { ...line(2, 3, '¿Y cuándo?'), asked: 'q' },
    { ...line(3, 4, 'Un maestro.'), answers: 'q' },
    { ...line(4, 5, 'Hace mucho.'), answers: 'q' },
    line(6, 7, 'Sigamos.'),
  ];
  expect(FORMATS.txt.write(talk, options)).toBe(`Casco antiguo · Español

Bienvenidos.

[Q] ¿Quién la hizo?
¿Y cuándo?
[A] Un maestro.
Hace mucho.

Sigamos.
`);
  expect(FORMATS.vtt.write(talk, options)).toContain('[Q] ¿Quién la hizo?');
});
