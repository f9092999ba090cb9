import type { RunFigures } from './run.ts';

/** A server's name and what was measured. */
export interface Column {
  readonly name: string;
  readonly figures: RunFigures;
}

type Row = readonly [string, (figures: RunFigures) => string];

const ms = ({ p50, p99, worst }: { p50: number; p99: number; worst: number }): string =>
  `${p50.toFixed(1)} / ${p99.toFixed(1)} / ${worst.toFixed(1)}`;

const sent = (send: RunFigures['send']): string => (send ? ms(send) : '–');

const ROWS: readonly Row[] = [
  ['CPU per packet, µs', (figures) => figures.cpuUsPerPacket.toFixed(1)],
  ['packets due', (figures) => String(figures.due)],
  ['lost by the server', (figures) => String(figures.lost)],
  ['dropped by the listeners’ sockets', ({ load }) => String(load.overflowed)],
  ['gaps in the sequence / frames left out', ({ load }) => `${load.gaps} / ${load.skipped}`],
  ['decrypted / wrong / misdated', ({ load }) => `${load.checked} / ${load.wrong} / ${load.misdated}`],
  ['due → received, ms, p50 / p99 / worst', ({ load }) => ms(load.lateMs)],
  ['handed over → received, ms', ({ load }) => ms(load.sinceSentMs)],
  ['handed over → left for all, ms', ({ send }) => sent(send)],
  ['handshake, CPU ms per listener', (figures) => figures.handshakeCpuMs.toFixed(1)],
  ['memory, KB per listener', (figures) => figures.kbPerListener.toFixed(0)],
  ['MB before, all, gone, all, gone', ({ residentMb }) => residentMb.map((mb) => mb.toFixed(0)).join(' ')],
  ['while all join: joins per second', ({ storm }) => storm.joinsPerSecond.toFixed(1)],
  ['  frames left out, dropped by sockets', ({ storm }) => `${storm.load.skipped}, ${storm.load.overflowed}`],
  ['  due → received, ms', ({ storm }) => ms(storm.load.lateMs)],
  ['  handed over → left for all, ms', ({ storm }) => sent(storm.send)],
  ['server’s core: itself, others, %', (figures) => shares(figures)],
];

/** What only says something when it is not 0: then the figures above are to be doubted. */
const DOUBTS: readonly Row[] = [
  ['came twice or out of order', ({ load }) => String(load.strays)],
  ['dated anew', ({ load }) => String(load.recalibrated)],
  ['listeners behind at the end', ({ load }) => String(load.behind)],
  ['connections made anew', ({ storm }) => String(storm.load.triedAgain)],
  ['listeners whose checks went unanswered', ({ load }) => String(load.unanswered)],
];

/** A column for each server. */
export function printTable(columns: readonly Column[]): void {
  print(['', ...columns.map(({ name }) => name)]);
  for (const [what, text] of ROWS) print([what, ...columns.map(({ figures }) => text(figures))]);
  for (const [what, text] of DOUBTS) {
    const cells = columns.map(({ figures }) => text(figures));
    if (cells.some((cell) => cell !== '0')) print([what, ...cells]);
  }
}

export function printRatios(columns: readonly Column[]): void {
  const cost = (name: string): number =>
    Math.min(
      ...columns.filter((each) => each.name.startsWith(name)).map(({ figures }) => figures.cpuUsPerPacket),
    );
  for (const other of ['werift', 'janus']) {
    const ratio = cost('ubizo') / cost(other);
    if (Number.isFinite(ratio) && ratio > 0)
      console.log(`A packet from ubizo costs ${ratio.toFixed(3)} of one from ${other}.`);
  }
}

/** A row for each number of listeners. */
export function printGrowth(rows: readonly (readonly [number, RunFigures])[]): void {
  const cells = [
    'listeners',
    'CPU µs/packet',
    'lost',
    'late p50',
    'p99 ms',
    'sent p99',
    'KB each',
    'handshake ms',
  ];
  printRow(cells);
  for (const [listeners, figures] of rows) {
    printRow([
      String(listeners),
      figures.cpuUsPerPacket.toFixed(1),
      String(figures.lost),
      figures.load.lateMs.p50.toFixed(1),
      figures.load.lateMs.p99.toFixed(1),
      figures.send?.p99.toFixed(1) ?? '–',
      figures.kbPerListener.toFixed(0),
      figures.handshakeCpuMs.toFixed(1),
    ]);
  }
}

function shares({ coreShare, othersShare }: RunFigures): string {
  return `${(100 * coreShare).toFixed(0)}, ${(100 * othersShare).toFixed(0)}`;
}

function printRow(texts: readonly string[]): void {
  console.log(texts.map((text) => text.padStart(13)).join(' '));
}

function print([what = '', ...cells]: readonly string[]): void {
  console.log(`${what.padEnd(42)} ${cells.map((cell) => cell.padStart(24)).join(' ')}`);
}
