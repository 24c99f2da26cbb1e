/**
 * Packs the recordings into test/conformance/data, one file a source.
 *
 *     node test/conformance/pack.mjs FOLDER
 *
 * FOLDER holds some of `qemu.jsonl`, `librados.jsonl`, `old-system.jsonl`, `live.jsonl`: one recorded case a line,
 * `{"case": {...}, "expect": {...}, "about": "..."}`. The packed form is the same lines, parsed and written again
 * without blanks, sorted so that alike ones stand together, and compressed with Brotli. To read them:
 * `node test/conformance/unpack.mjs NAME`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const NAMES = ['qemu', 'librados', 'old-system', 'live'];
const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node test/conformance/pack.mjs FOLDER');
  process.exit(2);
}

/**
 * Cases that differ in the release only compress best side by side.
 * @param {{ case: { librbd: string, qemu: string, args: string[] }, about: string }} recorded
 */
function sortKey({ case: given, about }) {
  return `${given.librbd}\t${about}\t${JSON.stringify(given.args)}\t${given.qemu}`;
}

for (const name of NAMES.filter((one) => existsSync(`${folder}/${one}.jsonl`))) {
  const lines = readFileSync(`${folder}/${name}.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const cases = lines.map((line) => JSON.parse(line));
  const keyed = cases.map((recorded) => [sortKey(recorded), recorded]);
  keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = keyed.map(([, recorded]) => `${JSON.stringify(recorded)}\n`).join('');
  const bytes = Buffer.from(text);
  const packed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
  writeFileSync(new URL(`data/${name}.jsonl.br`, import.meta.url), packed);
  console.log(`${name}: ${cases.length} cases, ${bytes.length} bytes packed into ${packed.length}`);
}
