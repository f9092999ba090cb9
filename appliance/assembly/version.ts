import { readFileSync } from 'node:fs';

const PACKAGE = new URL('../../package.json', import.meta.url);

/** Of the box's software. */
export const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string };
