/** Statements as TypeScript writes them for CommonJS, and the ES module that they were made of. */
import { describe, expect, test } from 'vitest';
import { toModule } from '../../../.ci/lib/typescript-modules.mjs';

const HEAD = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';

function moduleOf(source: string): readonly string[] {
  return toModule(`${HEAD}${source}`, 'lib/a.js').split('\n');
}

test('a package that is a function is imported as such', () => {
  expect(
    moduleOf(`
const parse = require("semver/functions/parse");
const is = require("./is");
function a() { return parse(is.text) ?? is(1); }
exports.a = a;
`),
  ).toEqual([
    'import parse from "semver/functions/parse";',
    'import * as is from "./is";',
    'function a() { return parse(is.text) ?? is(1); }',
    'export { a as a };',
  ]);
});

test('imports and exports', () => {
  expect(
    moduleOf(`
var __exportStar = (this && this.__exportStar) || function(m, exports) { };
exports.Three = exports.two = exports.One = void 0;
exports.four = four;
const node_path_1 = require("node:path");
const fs = __importStar(require("fs"));
const ril_1 = __importDefault(require("./ril"));
__exportStar(require("./all"), exports);
Object.defineProperty(exports, "One", { enumerable: true, get: function () { return ril_1.Other; } });
exports.two = Object.freeze({ join: node_path_1.join });
class Three {
    files = fs;
}
exports.Three = Three;
function four() { return exports.two.exports; }
exports.default = four;
`),
  ).toEqual([
    'import * as node_path_1 from "node:path";',
    'import * as fs from "fs";',
    'import * as ril_1 from "./ril";',
    'export * from "./all";',
    'export { Other as One } from "./ril";',
    'export const two = Object.freeze({ join: node_path_1.join });',
    'class Three {',
    '    files = fs;',
    '}',
    'function four() { return two.exports; }',
    'export { four as four, Three as Three, four as default };',
  ]);
});

describe('a namespace', () => {
  test('is a value without side effects', () => {
    expect(
      moduleOf(`
var Hover;
(function (Hover) {
    Hover.method = 'textDocument/hover';
    Hover.messageDirection = messages_1.MessageDirection.clientToServer;
    Hover.capabilities = messages_1.CM.create('textDocument.hover', 'hoverProvider');
})(Hover || (exports.Hover = Hover = {}));
`),
    ).toEqual([
      'var Hover = /* @__PURE__ */ (function (Hover) {',
      "    Hover.method = 'textDocument/hover';",
      'return Hover; })({});',
      'export { Hover as Hover };',
    ]);
  });

  test('that adds to a function, or to an earlier one, is a statement', () => {
    expect(
      moduleOf(`
function RAL() { }
(function (RAL) {
    RAL.install = 1;
})(RAL || (RAL = {}));
exports.default = RAL;
var Trace;
(function (Trace) {
    Trace.Off = 0;
})(Trace || (exports.Trace = Trace = {}));
(function (Trace) {
    Trace.is = 1;
})(Trace || (exports.Trace = Trace = {}));
`),
    ).toEqual([
      'function RAL() { }',
      '(function (RAL) {',
      '    RAL.install = 1;',
      '})(RAL);',
      'var Trace = /* @__PURE__ */ (function (Trace) {',
      '    Trace.Off = 0;',
      'return Trace; })({});',
      '(function (Trace) {',
      '    Trace.is = 1;',
      '})(Trace);',
      'export { RAL as default, Trace as Trace };',
    ]);
  });

  test('of an ES module', () => {
    expect(
      toModule('export var A;\n(function (A) {\n    A.b = 1;\n})(A || (A = {}));\nexport class B {\n}', 'a.js').split(
        '\n',
      ),
    ).toEqual([
      'var A = /* @__PURE__ */ (function (A) {',
      '    A.b = 1;',
      'return A; })({});',
      'export class B {',
      '}',
      'export { A as A };',
    ]);
  });
});

test.each([
  ['if (a) { exports.a = a; }', 'exports.a'],
  ['const a = b ? require("c") : null;', 'require("c")'],
  ['module.exports = a;', 'module.exports'],
  ['use(exports);', 'use(exports)'],
])('%s stops the build', (source, shown) => {
  expect(() => moduleOf(source)).toThrow(`not as TypeScript writes modules: ${shown}`);
});
