/** Which names a build may shorten: those that nobody outside of the programs knows. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { innerNames } from '../../../.ci/lib/inner-names.mjs';

/** Each file has one name that must stay. */
const FILES = {
  'node_modules/@typescript/linux/lib/lib.es5.d.ts':
    'interface Array<T> { ofLanguage(aParameter: T): void; entries(): void }',
  'node_modules/@types/node/globals.d.ts': 'declare const ofNode: number;',
  'node_modules/@types/node/fs/promises.d.ts': 'declare const ofFiles: number;',
  'node_modules/protocol/lib/main.js': "exports.ofPackage = (all) => all['asText'];",
  'node_modules/protocol/lib/main.d.ts': 'export interface Message { ofMessage: string }',
  'client/src/main.ts': 'export const a = (answer) => answer.readByClient; export const { takenByClient } = a;',
  'server/src/cli/check-json.ts': 'export const { takenByWriter } = { writtenAsJson: 1, also: { writtenInside: 2 } };',
  'server/src/cli/diff-formats.ts': 'export interface Row { ofRow: string }',
  'server/src/cli/case-result.ts': '',
  'server/src/simulate/model.ts':
    'interface Outcome { ofOutcome: 1 } interface GuestCache { ofGuest: 1 } interface ImageName { ofImage: 1 } interface Tree { ofTree: 1 }',
  'server/src/catalog/data/options.json': '{"ofTable": {"inside": 1}}',
  'package.json': '{"rbdcache.inlayHints.ofSettings": {}}',
  'README.md': 'Say `ofReadme: true`, not ofProse.',
  'docs/METHODS.md': '```json\n{"ofPage": 1}\n```',
};

const folder = mkdtempSync(join(tmpdir(), 'rbdcache-names-'));

beforeAll(() => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of the members in a program, those that have a short name. */
function shortened(program: string): Record<string, string> {
  return innerNames({ root: folder, inputs: ['node_modules/protocol/lib/main.js'], outputs: [program] });
}

test.each([
  'ofLanguage',
  'ofNode',
  'ofFiles',
  'ofPackage',
  'asText',
  'ofMessage',
  'readByClient',
  'takenByClient',
  'writtenAsJson',
  'writtenInside',
  'ofRow',
  'ofOutcome',
  'ofGuest',
  'ofImage',
  'ofTable',
  'inside',
  'ofSettings',
  'ofReadme',
  'ofPage',
])('%s stays', (name) => {
  expect(shortened(`tree.${name};`)).toEqual({});
});

test.each(['aParameter', 'takenByWriter', 'ofTree', 'ofProse'])('%s is nobody’s', (name) => {
  expect(shortened(`tree.${name};`)).toEqual({ [name]: '$a' });
});

test.each([
  ['is used', 'tree.ofOurs'],
  ['is made', 'a = { ofOurs: 1 }'],
  ['is taken', '({ ofOurs: b } = a)'],
  ['is a method', 'class A { ofOurs() {} }'],
  ['is a field', 'class A { ofOurs = 1 }'],
])('a member that %s has a short name', (_, program) => {
  expect(shortened(program)).toEqual({ ofOurs: '$a' });
});

test.each([
  ['may be a key, as it is a text', "tree.ofOurs; tree[key('ofOurs')]"],
  ['may be a key, as it is a part of a text', 'tree.ofOurs; key(`ofOurs`)'],
  ['is an option', "tree.ofOurs; option('--of-ours')"],
  ['is an option with a value', "tree.ofOurs; option('-o, --of-ours <what>')"],
  ['is looked up', 'const table = { ofOurs: 1 }; table[key]'],
  ['is looked for', 'const table = { ofOurs: 1 }; key in table'],
  ['is listed', 'const table = { ofOurs: 1 }; Object.entries(table)'],
  ['is exported', 'tree.ofOurs; const a = 1; export { a as ofOurs }'],
  ['is in an object of exports', '__export(module, { ofOurs: () => a })'],
  ['is no member', 'ofOurs(ofOurs)'],
  ['is private to a class', 'class A { #ofOurs = 1 }'],
  ['is short already', 'tree.of'],
])('a name that %s stays', (_, program) => {
  expect(shortened(program)).toEqual({});
});

test('a table may be looked into by another part', () => {
  const outputs = ['const table = { ofOurs: 1 }; export { table };', "import { table } from './a.mjs'; table[key];"];
  expect(innerNames({ root: folder, inputs: ['node_modules/protocol/lib/main.js'], outputs })).toEqual({});
});

test('the most used names are the shortest', () => {
  expect(shortened('a.once; a.often; a.often; a.other')).toEqual({ often: '$a', once: '$b', other: '$c' });
});

test('a place without files stops the build', () => {
  expect(() => innerNames({ root: join(folder, 'client'), inputs: [], outputs: [] })).toThrow('there is no');
});
