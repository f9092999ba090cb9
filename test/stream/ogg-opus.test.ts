import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OggOpus } from '../../appliance/stream/ogg-opus.ts';
import { SILENT_FRAME } from '../../appliance/stream/steady-frames.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-ogg-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

// A page holds ten.
test.each([5, 30, 31])(
  'a stream of %i frames is one that opusinfo has nothing to say about',
  async (count) => {
    const pages: Buffer[] = [];
    const ogg = new OggOpus({ write: (page) => pages.push(page) });
    ogg.start();
    for (let i = 0; i < count; i++) ogg.add(SILENT_FRAME);
    ogg.end();
    const file = join(folder, `${count}.ogg`);
    await writeFile(file, Buffer.concat(pages));
    const { stdout } = await promisify(execFile)('opusinfo', [file]);
    expect(stdout).not.toMatch(/warning|error|hole/i);
  },
);
