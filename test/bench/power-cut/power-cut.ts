import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { sections } from '../../../appliance/assembly/storage.ts';
import { StateFormat } from '../../../appliance/storage/state-format.ts';
import { BoxProcess } from '../../box-process.ts';
import { type Tour, Writer } from './writer.ts';

export interface PowerCutFigures {
  readonly kills: number;
  /** Changes that the box has acknowledged. */
  readonly acknowledged: number;
  /** Of those, how many were not there after the next start, or not as acknowledged. */
  readonly lost: number;
  /** Kills after which the state file, or its copy, was not valid. */
  readonly corrupt: number;
}

const FORMAT = new StateFormat(sections());
const WRITERS = 4;
/** One kill in so many comes while the box is starting. */
const WHILE_STARTING = 8;
const LONGEST_RUN_MS = 500;
const LONGEST_START_MS = 1_200;

/**
 * Kills the real box at random moments while guides change their tours, and looks after each kill whether its file is
 * whole, and after each start whether everything acknowledged is there.
 */
export async function cutPower({
  kills,
  onCut = () => undefined,
  onStart = () => undefined,
}: {
  readonly kills: number;
  /** After each kill. `problem`: what was found. */
  readonly onCut?: (figures: PowerCutFigures, problem?: string) => void;
  /** From the start of the process until it answers. */
  readonly onStart?: (ms: number) => void;
}): Promise<PowerCutFigures> {
  const data = await mkdtemp(join(tmpdir(), 'ubizo-power-cut-'));
  const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(`Writer-${i}`));
  let [cuts, lost, corrupt, cookie] = [0, 0, 0, ''];
  const figures = (): PowerCutFigures => ({
    kills: cuts,
    acknowledged: writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    lost,
    corrupt,
  });
  try {
    while (cuts < kills) {
      const problems: string[] = [];
      const environment = { UBIZO_DATA: data, UBIZO_LOG: 'error' };
      if (cookie !== '' && Math.random() < 1 / WHILE_STARTING) {
        const box = BoxProcess.spawn(environment);
        await pass(Math.random() * LONGEST_START_MS);
        await box.kill();
      } else {
        const startedAt = performance.now();
        const box = await BoxProcess.start(environment, cookie);
        onStart(performance.now() - startedAt);
        cookie = box.guideCookie;
        problems.push(...(await missing(box, writers)));
        lost += problems.length;
        const writing = writers.map((writer) => writer.write(box));
        await pass(Math.random() * LONGEST_RUN_MS);
        await box.kill();
        await Promise.all(writing);
      }
      cuts++;
      const invalid = await invalidFiles(data);
      if (invalid.length > 0) corrupt++;
      problems.push(...invalid);
      onCut(figures(), problems.join('; '));
    }
    const box = await BoxProcess.start({ UBIZO_DATA: data, UBIZO_LOG: 'error' }, cookie);
    lost += (await missing(box, writers)).length;
    await box.stop();
    return figures();
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function missing(box: BoxProcess, writers: readonly Writer[]): Promise<string[]> {
  const response = await box.call('/api/tours');
  const { tours } = (await response.json()) as { tours: (NonNullable<Tour> & { id: string })[] };
  const found = new Map(tours.map((tour) => [tour.id, tour]));
  return writers.flatMap((writer) => writer.compare(found));
}

/** As the next start would find them, and nothing put aside by the one before. */
async function invalidFiles(data: string): Promise<string[]> {
  const names = await readdir(data);
  const invalid = names.filter((name) => name.includes('broken'));
  for (const name of ['state.json', 'state.json.last'].filter((each) => names.includes(each))) {
    try {
      FORMAT.read(JSON.parse(await readFile(join(data, name), 'utf8')));
    } catch {
      invalid.push(name);
    }
  }
  return invalid;
}
