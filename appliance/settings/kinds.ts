import { isIP } from 'node:net';
import * as z from 'zod';

/** Numbers are written as numbers in the file and as text in the environment; `true`, `[]` or `0x10` are none. */
function number(least: number, most: number, { whole }: { whole: boolean }) {
  const message = `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`;
  const written = z
    .string()
    .regex(whole ? /^\d{1,9}$/ : /^\d{1,9}(\.\d{1,9})?$/)
    .transform(Number);
  return z
    .union([z.number(), written], message)
    .refine((value) => value >= least && value <= most && (!whole || Number.isInteger(value)), message);
}

/** From the least to the most, both included. */
export const whole = (least: number, most: number) => number(least, most, { whole: true });
export const amount = (least: number, most: number) => number(least, most, { whole: false });
export const frameMs = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], 'must be 20, 40 or 60')
  .pipe(z.literal([20, 40, 60], 'must be 20, 40 or 60'));

export const path = z
  .string('must be a path')
  .min(1, 'must be a path')
  // oxlint-disable-next-line no-control-regex -- what no file can be called
  .regex(/^[^\0\r\n]*$/, 'must be a path, without line breaks');

/** Where to listen: an address, as it is written in one way only; brackets around IPv6 are taken off. */
export const host = z
  .string('must be an IP address')
  .transform((text) => (text.toLowerCase() === 'localhost' ? '127.0.0.1' : text.replace(/^\[(.*)\]$/, '$1')))
  .refine(
    (text) => isIP(text) !== 0,
    'must be an IP address of this machine, or 0.0.0.0 or :: for all of them',
  )
  .refine(
    (text) => !/^fe[89ab]|%/i.test(text),
    'must not be a link-local address: no page can be opened there',
  )
  .transform((text) => (isIP(text) === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text));

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const NAME = `${LABEL}(\\.${LABEL})*`;
export const names = z
  .string('must be host names, separated by commas')
  .regex(new RegExp(`^${NAME}([ ,]+${NAME})*$`, 'i'), 'must be host names, separated by commas');

/** It goes into a header: nothing but what may stand there (RFC 9110, 5.5). */
export const key = z
  .string('must be a key')
  .regex(/^[\x21-\x7e]{1,512}$/, 'must be a key: letters, digits and signs, without spaces');

/** As its service names it; it goes into an address. */
export const modelName = z
  .string('must be the name of a model')
  .regex(/^[\w.:/-]{1,100}$/, 'must be the name of a model: letters, digits, dots and dashes');

export const serverUrl = z
  .string('must begin with wss:// or ws://')
  .regex(/^wss?:\/\//i, 'must begin with wss:// or ws://')
  .refine((text) => URL.canParse(text), 'must be a whole address, such as wss://server.example:443/path')
  .refine((text) => {
    if (!URL.canParse(text)) return true;
    const { username, password, hash } = new URL(text);
    return `${username}${password}${hash}` === '';
  }, 'must have neither a password nor a # in it')
  .refine(
    (text) => !URL.canParse(text) || new URL(text).port !== '0',
    'must have a port from 1 to 65535, or none',
  );

const LEAST_IN_CODE = 6;
const LONGEST_CODE = 64;
/** Dashes, spaces and the like are left out when it is typed, so they make it no longer. */
export const setupCode = z
  .string(`must have at least ${LEAST_IN_CODE} letters or digits`)
  .max(LONGEST_CODE, `must have at most ${LONGEST_CODE} characters`)
  .refine(
    (text) => (withoutInvisible(text).match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= LEAST_IN_CODE,
    `must have at least ${LEAST_IN_CODE} letters or digits`,
  );

/** Some of them are letters (U+3164), and are left out all the same. */
function withoutInvisible(text: string): string {
  return text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
}

/** FIRST-LAST. */
export const portRange = z
  .string('must be FIRST-LAST, such as 40000-40099')
  .regex(/^\d{1,5}-\d{1,5}$/, 'must be FIRST-LAST, such as 40000-40099')
  .refine((range) => {
    const [first, last] = portsOf(range);
    return first >= 1024 && last <= 65_535 && first <= last;
  }, 'must be two ports from 1024 to 65535, the first one first');

/** First and last of `FIRST-LAST`. */
export function portsOf(range: string): readonly [number, number] {
  const [first = 0, last = 0] = range.split('-').map(Number);
  return [first, last];
}
