/** What the server answers, from its table of requests. */
import type { Request } from '../../server/src/lsp/answering.js';

export function methodsTable(requests: readonly Request[]): string {
  const rows = requests.flatMap(({ methods, gives }) =>
    methods.map((method, index) => `| \`${method}\` | ${index === 0 ? gives : '″'} |`),
  );
  return ['| method | gives |', '| --- | --- |', ...rows].join('\n');
}
