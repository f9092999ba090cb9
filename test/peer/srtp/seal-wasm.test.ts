import { readFile } from 'node:fs/promises';
import wabt from 'wabt';
import { expect, test } from 'vitest';

const FOLDER = new URL('../../../appliance/peer/srtp/', import.meta.url);

/** `vitest run test/peer/srtp/seal-wasm.test.ts -u` writes the file anew. */
test('the WebAssembly that protects packets is what its source says', async () => {
  const compiler = await wabt();
  const source = await readFile(new URL('seal.wat', FOLDER), 'utf8');
  const module = compiler.parseWat('seal.wat', source, { simd: true });
  module.validate();
  const binary = Buffer.from(module.toBinary({}).buffer).toString('base64');
  const text = `/** Made of seal.wat by test/peer/srtp/seal-wasm.test.ts. */\nexport const SEAL_WASM =\n  '${binary}';\n`;
  await expect(text).toMatchFileSnapshot(new URL('seal-wasm.ts', FOLDER).pathname);
});
