/**
 * JSON that lies beside the programs as it is and is read when it is first asked for: the sources' tables, which all
 * programs share, and the translations, which stay where VS Code looks for them.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** The module with the means to read. */
export const READ_LATER = 'read-later';

/**
 * Paths are counted from the folder of the program's parts, `dist/parts`.
 * @param {{ write: (table: string, json: string) => void }} options takes what is to lie in `dist/data`
 * @returns {import('esbuild').Plugin}
 */
export function readLater({ write }) {
  return {
    name: READ_LATER,
    setup(builder) {
      builder.onLoad({ filter: /[\\/]server[\\/]src[\\/].+\.json$/ }, ({ path }) => {
        const table = basename(path);
        write(table, JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))));
        return { contents: readsLater(`../data/${table}`), loader: 'js' };
      });
      builder.onLoad({ filter: /[\\/]bundle\.l10n\.[^\\/]+\.json$/ }, ({ path }) => ({
        contents: readsLater(`../../l10n/${basename(path)}`),
        loader: 'js',
      }));
      builder.onResolve({ filter: new RegExp(`^${READ_LATER}$`) }, ({ path }) => ({ path, namespace: READ_LATER }));
      builder.onLoad({ filter: /^/, namespace: READ_LATER }, () => ({
        contents: `
          import { readFileSync } from 'node:fs';
          export const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
          export function exportLater(exports, path) {
            let table;
            Object.defineProperties(exports, {
              __esModule: { value: true },
              default: { enumerable: true, get: () => (table ??= read(path)) },
            });
          }`,
      }));
    },
  };
}

/** @param {string} path */
function readsLater(path) {
  return `require('${READ_LATER}').exportLater(exports, ${JSON.stringify(path)});`;
}
