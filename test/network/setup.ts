import { beginRun, whyNot } from './namespaces.ts';

/** For vitest: around all files of this folder. */
export default function setup(): (() => void) | undefined {
  const reason = whyNot();
  if (reason !== undefined) {
    console.log(`Networks are not tested: ${reason}.`);
    return undefined;
  }
  return beginRun();
}
