import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ReleaseKey } from './release-key.ts';
import { run } from './run.ts';
import type { Stamp } from './stage.ts';

export interface Sealed {
  /** `ubizo-VERSION.tar.xz` */
  readonly archive: string;
  /** What `sha256sum --check` reads; it names the archive, so the signature binds the version too. */
  readonly checksum: string;
  /** Ed25519 over the bytes of {@link checksum}. */
  readonly signature: string;
}

/** Packs a staged release into `out`, with its checksum and signature. The same contents give the same bytes. */
export async function seal({
  staged,
  stamp,
  out,
  key,
  level,
}: {
  staged: string;
  stamp: Pick<Stamp, 'version' | 'date'>;
  out: string;
  key: ReleaseKey;
  /** Of xz: 0 (fast) to 9 (small). */
  level: number;
}): Promise<Sealed> {
  const name = `ubizo-${stamp.version}`;
  const archive = join(out, `${name}.tar.xz`);
  await run(
    'tar',
    [
      '--create',
      `--file=${archive}`,
      '--use-compress-program',
      `xz --threads=0 -${level}`,
      '--sort=name',
      '--format=posix',
      '--pax-option=delete=atime,delete=ctime',
      `--mtime=${stamp.date}`,
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      `--transform=s,^\\.,${name},S`,
      '.',
    ],
    { cwd: staged },
  );
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  const line = Buffer.from(`${hash.digest('hex')}  ${basename(archive)}\n`);
  const checksum = `${archive}.sha256`;
  const signature = `${checksum}.sig`;
  await writeFile(checksum, line);
  await writeFile(signature, key.sign(line));
  return { archive, checksum, signature };
}
