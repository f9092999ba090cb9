import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UbizoError } from '../protocol/errors.ts';
import { editedText } from '../settings/edited-text.ts';
import type { Pair } from './issue.ts';

/** Files, PEM: the certificate with those between it and its authority, and its key. */
export interface SuppliedFiles {
  readonly certificate: string;
  readonly key: string;
}

/** @throws UbizoError `certificate_broken` with which file is wrong, and how; not what is in it. */
export async function readSupplied(files: SuppliedFiles): Promise<Pair> {
  const cert = await read(files.certificate);
  const key = await read(files.key);
  if (!isCertificate(cert)) throw broken(`${files.certificate} holds no certificate in PEM.`);
  if (!isKey(key)) throw broken(`${files.key} holds no key in PEM without a password.`);
  const pair = { cert, key };
  if (!keyFits(pair)) throw broken(`The key in ${files.key} is not that of ${files.certificate}.`);
  return pair;
}

export function keyFits({ cert, key }: Pair): boolean {
  return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
}

async function read(path: string): Promise<string> {
  try {
    return editedText(await readFile(path));
  } catch (error) {
    throw broken(`${path} cannot be read.`, error);
  }
}

function isCertificate(text: string): boolean {
  return works(() => new X509Certificate(text));
}

function isKey(text: string): boolean {
  return works(() => createPrivateKey(text));
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function broken(what: string, cause?: unknown): UbizoError {
  return new UbizoError(
    'certificate_broken',
    `The certificate that this box was given cannot be used: ${what}`,
    {
      cause,
    },
  );
}
