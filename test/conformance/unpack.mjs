/**
 * Prints the recorded cases of a source as lines of JSON (see pack.mjs).
 *
 *     node test/conformance/unpack.mjs qemu|librados|old-system|live
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

const name = process.argv[2];
if (name === undefined) {
  console.error('usage: node test/conformance/unpack.mjs qemu|librados|old-system|live');
  process.exit(2);
}
process.stdout.write(brotliDecompressSync(readFileSync(new URL(`data/${name}.jsonl.br`, import.meta.url))));
