import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const runner = createRequire(import.meta.url).resolve('vscode-tmgrammar-test/dist/unit.js');
const marked = readdirSync(folder).filter((name) => name.endsWith('.test'));

describe('TextMate grammars', () => {
  it.each(marked)('%s', (name) => {
    const shell = `${folder}shell.tmLanguage.json`;
    const options = ['--compact', '--config', 'package.json', '--grammar', shell];
    const run = spawnSync(process.execPath, [runner, ...options, `${folder}${name}`], {
      cwd: root,
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(`${run.stdout}${run.stderr}`).not.toMatch(/ERROR|not found/);
    expect(run.status).toBe(0);
  });

  const patterns = readdirSync(`${root}syntaxes`)
    .filter((name) => name.endsWith('.tmLanguage.json'))
    .flatMap((name) =>
      [...readFileSync(`${root}syntaxes/${name}`, 'utf8').matchAll(/"(?:match|begin|end)": ("(?:[^"\\]|\\.)*")/g)].map(
        ([, pattern]) => ({ name, pattern: String(JSON.parse(pattern ?? '""')) }),
      ),
    );
  it.each(patterns)('$name: a repeated group gives nothing back: $pattern', ({ pattern }) => {
    expect(pattern).not.toMatch(/[*+}][^()|]*\)[*+](?!\+)/);
  });
});
