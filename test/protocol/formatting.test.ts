/** A ceph.conf made tidy, as editors ask for it: the whole text, some lines, the line that was just left. */
import { afterEach, expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver/node';
import { applyTextEdits, Editor } from './editor.js';

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.stop();
  editor = undefined;
});

const CONF = 'ceph.conf';
const OPTIONS = { tabSize: 4, insertSpaces: true };

async function formatted(method: string, text: string, more: object): Promise<string> {
  editor = await Editor.start();
  await editor.open(CONF, 'ceph-conf', text);
  const edits: TextEdit[] = (await editor.ask(method, CONF, { options: OPTIONS, ...more })) ?? [];
  return applyTextEdits(text, edits);
}

test.each([
  ['\n', 'a Unix text'],
  ['\r\n', 'one with the line ends of Windows'],
])('the whole text: %j', async (end) => {
  const text = ['[client]', '\trbd cache=true  ', '\trbd cache size   =  1 ; small', '', '', '[global]', ''].join(end);
  const tidy = ['[client]', '\trbd cache = true', '\trbd cache size = 1 ; small', '', '[global]', ''].join(end);
  expect(await formatted('formatting', text, {})).toBe(tidy);
});

test('some lines: those that the range touches', async () => {
  const range = { start: { line: 1, character: 3 }, end: { line: 1, character: 6 } };
  expect(await formatted('rangeFormatting', '[client]\nrbd_cache=true\nrbd_cache_size=1\n', { range })).toBe(
    '[client]\nrbd_cache = true\nrbd_cache_size=1\n',
  );
});

test.each([
  ['the line that was left', { line: 2, character: 0 }, '[client]\nrbd_cache = true\n\nrbd_cache_size=1\n'],
  ['nothing at the very top', { line: 0, character: 0 }, '[client]\nrbd_cache=true\n\nrbd_cache_size=1\n'],
])('while one types: %s', async (_, position, expected) => {
  const text = '[client]\nrbd_cache=true\n\nrbd_cache_size=1\n';
  expect(await formatted('onTypeFormatting', text, { position, ch: '\n' })).toBe(expected);
});

test('no script, whatever it looks like', async () => {
  editor = await Editor.start();
  await editor.open('vm.sh', 'shellscript', 'A=1\nkvm   -drive file=rbd:p/i\n');
  expect(await editor.ask('formatting', 'vm.sh', { options: OPTIONS })).toEqual([]);
});
