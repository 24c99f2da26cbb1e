import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../server/src');

/** In the order in which data flows: a room knows itself and those before it. */
const ROOMS = ['syntax', 'catalog', 'simulate', 'rules', 'features', 'workspace', 'lsp'];

/** Rooms that look at nothing but what they are given. */
const PURE = ['syntax', 'catalog', 'simulate', 'rules', 'features'];

interface Import {
  readonly from: string;
  readonly to: string;
}

function imports(): Import[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((from) =>
    [...readFileSync(join(SOURCE, from), 'utf8').matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, to = '']) => ({
      from,
      to: to.startsWith('.')
        ? normalize(join(relative(SOURCE, join(SOURCE, from, '..')), to)).replace(/\.js$/, '.ts')
        : to,
    })),
  );
}

const roomOf = (path: string): string => path.split('/')[0] ?? '';
const ALL = imports();

describe('rooms', () => {
  test('there are imports to look at', () => expect(ALL.length).toBeGreaterThan(100));

  test('import only what comes before them', () => {
    const wrong = ALL.filter(({ from, to }) => {
      const own = ROOMS.indexOf(roomOf(from));
      const other = ROOMS.indexOf(roomOf(to));
      if (other < 0) return roomOf(to) === 'cli' && roomOf(from) !== 'cli';
      if (roomOf(from) === 'cli') return roomOf(to) === 'lsp';
      return other > own;
    });
    expect(wrong).toEqual([]);
  });

  test.each(PURE)('%s does no input or output, and knows no editor', (room) => {
    const outside = ALL.filter(({ from, to }) => roomOf(from) === room && /^(node:|vscode)/.test(to));
    expect(outside).toEqual([]);
  });

  test('only lsp knows the protocol', () => {
    const protocol = ALL.filter(
      ({ from, to }) => roomOf(from) !== 'lsp' && /^vscode-(languageserver|jsonrpc)/.test(to),
    );
    expect(protocol).toEqual([]);
  });

  test('only one file of workspace reads the disk', () => {
    const reading = ALL.filter(({ from, to }) => roomOf(from) === 'workspace' && to.startsWith('node:fs'));
    expect([...new Set(reading.map(({ from }) => from))]).toEqual(['workspace/node-file-access.ts']);
  });

  test('nothing starts a program, and nothing speaks to a network', () => {
    const forbidden = /^(node:)?(child_process|net|http|https|http2|tls|dgram|dns|cluster|worker_threads)(\/|$)/;
    expect(ALL.filter(({ to }) => forbidden.test(to))).toEqual([]);
  });
});
